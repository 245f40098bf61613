"""What the pages show, topic by topic: each part takes an answer and puts one titled box on the page."""
