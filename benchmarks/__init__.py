"""Speed as ratios measured in one run: against a plain pandas loop, and against the physical floor."""
