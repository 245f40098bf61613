"""Chance that follows from a seed and the name of what is decided, so that nothing depends on order or process."""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random


def chance(*name: object) -> Random:
    """The chance of one named decision."""
    return Random("/".join(map(str, name)))  # noqa: S311 - made-up figures, not secrets


def around(dice: Random, value: float, spread: float) -> float:
    """A value near another: half of the time within `spread` of it (as a share), never below 0."""
    return max(0.0, value * (1 + dice.uniform(-1.5, 1.5) * spread))


def count(dice: Random, mean: float) -> int:
    """How often something happened that happens `mean` times on average, never far more often than that."""
    if mean <= 0:
        return 0
    if mean > 6:
        return round(min(mean * 1.4, max(mean * 0.65, dice.gauss(mean, mean * 0.13))))
    limit, product, happened = math.exp(-mean), dice.random(), 0
    while product > limit and happened < mean * 2.2 + 2:
        product *= dice.random()
        happened += 1
    return happened


def share(dice: Random, total: int, rate: float, spread: float = 0.04) -> int:
    """A part of a total, near a rate."""
    return max(0, min(total, round(total * (rate + dice.uniform(-spread, spread)))))


def split(dice: Random, total: int, weights: Sequence[float]) -> list[int]:
    """A total in parts, near the weights, with the sum kept."""
    whole = sum(weights) or 1.0
    exact = [total * weight * dice.uniform(0.7, 1.3) / whole for weight in weights]
    scale = total / (sum(exact) or 1.0)
    parts = [math.floor(part * scale) for part in exact]
    order = sorted(range(len(parts)), key=lambda index: parts[index] - exact[index] * scale)
    for index in order[: total - sum(parts)]:
        parts[index] += 1
    return parts


def grown(start: float, end: float, steps: float, speed: float = 0.12) -> float:
    """Where something stands that moves from start towards end, a part of the rest each month."""
    return end - (end - start) * math.exp(-speed * steps)
