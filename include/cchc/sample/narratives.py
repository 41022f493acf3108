"""Paragraphs that quote the unit's own figures, from ``sample_narratives.csv``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from cchc.catalogue.indicators import Term, by_code
from cchc.catalogue.periods import Period
from cchc.catalogue.tables import rows
from cchc.catalogue.units import Unit
from cchc.sample import noise
from cchc.sample.figures import Figure
from cchc.sample.own_words import own_words

_PLACE = re.compile(r"\{([^}]+)\}")
_BODIES = {"xã": "UBND ", "phường": "UBND ", "đặc khu": "UBND "}
_OFTEN = Decimal("0.7")
_TENTH = Decimal("0.1")
_SWAP = str.maketrans({",": ".", ".": ","})


def narrative(seed: int, unit: Unit, period: Period, figures: Mapping[str, Figure]) -> dict[str, str]:
    """Text by section; recommended sections always, optional ones often."""
    found: dict[str, str] = {}
    own = own_words(seed, unit, period)
    for section in rows("narrative_sections"):
        key = section["section"]
        about = (seed, unit.code, period.code, key)
        wanted = section["required"] == "recommended" or noise.unit_interval(*about, "told") < _OFTEN
        options = _options(key, unit, figures) if section["required"] and wanted else []
        if options:
            told = _fill(noise.choose(options, *about), unit, period, figures)
            found[key] = f"{told} {own[key]}" if key in own else told
    return found


def body(unit: Unit) -> str:
    """How a unit speaks of itself."""
    return f"{_BODIES[unit.kind]}{unit.name[:1].lower()}{unit.name[1:]}" if unit.kind in _BODIES else unit.name


def _options(section: str, unit: Unit, figures: Mapping[str, Figure]) -> list[str]:
    return [
        row["text"]
        for row in rows("sample_narratives")
        if row["section"] == section
        and row["form"] in ("any", unit.form)
        and all(_number(figures, code) > 0 for code in row["needs"].split())
    ]


def _fill(template: str, unit: Unit, period: Period, figures: Mapping[str, Figure]) -> str:
    words = {"body": body(unit), "period": period.label}
    return _PLACE.sub(lambda match: words.get(match[1]) or _shown(figures, match[1]), template)


def _shown(figures: Mapping[str, Figure], code: str) -> str:
    indicator = by_code()[code]
    value = _number(figures, code)
    if indicator.computed:
        value = _ratio(figures, indicator.numerator, indicator.denominator)
    return f"{value:,f}".translate(_SWAP)


def _ratio(figures: Mapping[str, Figure], numerator: tuple[Term, ...], denominator: tuple[Term, ...]) -> Decimal:
    top, bottom = (sum(term.sign * _number(figures, term.code) for term in side) for side in (numerator, denominator))
    return (100 * Decimal(top) / bottom).quantize(_TENTH, ROUND_HALF_UP) if bottom else Decimal(0)


def _number(figures: Mapping[str, Figure], code: str) -> Decimal:
    value = figures.get(code, Decimal(0))
    return value if isinstance(value, Decimal) else Decimal(0)
