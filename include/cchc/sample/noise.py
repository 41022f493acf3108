"""Chance that can be repeated: a number that depends on nothing but what it is asked about."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from decimal import Decimal
from typing import TypeVar

T = TypeVar("T")
_STEPS = 1_000_000


def unit_interval(*about: object) -> Decimal:
    """A number from 0 (inclusive) to 1 (exclusive)."""
    return Decimal(_integer(about) % _STEPS) / _STEPS


def between(low: Decimal, high: Decimal, *about: object) -> Decimal:
    """A number from ``low`` to ``high``."""
    return low + (high - low) * unit_interval(*about)


def choose(options: Sequence[T], *about: object) -> T:
    """One of the options."""
    return options[_integer(about) % len(options)]


def shuffled(items: Sequence[T], *about: object) -> list[T]:
    """The items in another order; each depends on itself alone, so one more item moves no other."""
    return sorted(items, key=lambda item: _integer((*about, item)))


def _integer(about: tuple[object, ...]) -> int:
    words = "\x1f".join(map(str, about)).encode()
    return int.from_bytes(hashlib.blake2b(words, digest_size=8).digest())
