"""No text makes a pattern of ours try for ever: whatever looks at a sender's text stays near linear."""

from __future__ import annotations

import importlib
import itertools
import pkgutil
import re
import signal
import time

import pytest

import cchc.catalogue
import cchc.parse

_PIECES = (
    "1",
    " ",
    "a",
    ".",
    ",",
    "\n",
    "(",
    "/",
    "-",
    "%",
    "<",
    "<c ",
    'r="A1"',
    "đến",
    "1 ",
    "a, ",
    "1 a ",
    "tỷ",
    "=",
)
_LENGTH, _SECONDS = 400, 2.0


def patterns() -> list[tuple[str, re.Pattern]]:
    """Every pattern that stands in a module of the reader or the catalogue."""
    found = {}
    for package in (cchc.parse, cchc.catalogue):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            for name, value in vars(importlib.import_module(module.name)).items():
                if isinstance(value, re.Pattern):
                    found.setdefault(
                        (value.pattern, value.flags), (f"{module.name.removeprefix('cchc.')}.{name}", value)
                    )
    return list(found.values())


def texts() -> list[str]:
    """Repetitions with a beginning that gets a pattern going and an end that lets it down."""
    pumps = [*_PIECES, *("".join(pair) for pair in itertools.permutations(_PIECES[:10], 2))]
    return [
        beginning + pump * (_LENGTH // len(pump)) + end
        for pump in pumps
        for beginning, end in itertools.product(("", "1", "a", "1 (", "<c "), ("", "!", "1", "\x00"))
    ]


def late(*_) -> None:
    raise TimeoutError


@pytest.mark.parametrize(("name", "pattern"), patterns(), ids=lambda part: part if isinstance(part, str) else "")
def test_stays_fast(name: str, pattern: re.Pattern):
    bytewise = isinstance(pattern.pattern, bytes)
    before = signal.signal(signal.SIGALRM, late)
    try:
        for text in texts():
            subject = text.encode() if bytewise else text
            signal.setitimer(signal.ITIMER_REAL, _SECONDS)
            began = time.process_time()
            try:
                pattern.search(subject), pattern.fullmatch(subject), pattern.findall(subject)
            except TimeoutError:
                pytest.fail(f"{name} does not come to an end with {text[:60]!r}…")
            assert time.process_time() - began < _SECONDS / 4, (name, text[:60])
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
