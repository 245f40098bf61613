"""From where on a number is asked about: settings.csv, for the rules that judge how likely a number is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf


@dataclass(frozen=True, slots=True)
class Limits:
    """From where on numbers are unlike the past. A catalogue that sets none asks about nothing."""

    unusual_spread: float = 3
    """How many times the usual distance from the median (MAD, scaled to a standard deviation)."""
    unusual_times: float = inf
    """At least so many times more or less than the median."""
    unusual_record: float = 2
    """At least so many times more than the most, or less than the least, there was."""
    unusual_least: float = 20
    """Smaller numbers are never asked about."""
    history_periods: float = 6
    """A unit's own past says something from so many periods on."""
    history_peers: float = 8
    """Others of its kind say something from so many on."""
    history_look_back: float = 12
    """So many periods are looked back."""
    cumulative_jump: float = inf
    """A figure entered as cumulative is at least so many times the most of a period."""
    cumulative_near: float = 1.25
    """So near, as a ratio, it comes to the sum of the year so far, this period's usual figure with it."""
    cumulative_periods: float = 3
    """Sums of fewer periods are too like a period's own figure."""
    cumulative_least: float = 3
    """One figure may be like the sum of the year by chance; so many of a sheet are not."""
    cumulative_share: float = 0.5
    """Nor is this share of a sheet."""
    rising_periods: float = 5
    """Figures that only rose for so many periods of the year are cumulative,"""
    rising_times: float = inf
    """when they rose so many times; work that grows, grows slower."""
    rising_share: float = 0.9
    """This share of a sheet's figures does not fall where they are cumulative."""
    copied_least: float = 5
    """Fewer figures are the same as those of the period before by chance."""

    @classmethod
    def of(cls, settings: Mapping[str, str]) -> Limits:
        """The limits a catalogue sets."""
        return cls(**{name: float(settings[name]) for name in cls.__slots__ if name in settings})
