"""Cells that were read otherwise than they were typed: what stood there, what it was taken for, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from cchc.catalogue.form_texts import text as form_text
from cchc.catalogue.indicators import by_code
from cchc.catalogue.notify_texts import text
from cchc.catalogue.tables import rows
from cchc.model.observation import Observation, ValueState
from cchc.model.submission import Reading
from cchc.notify.entries import Place


@dataclass(frozen=True, slots=True)
class Coercion:
    """One line of the sheet Cách đọc."""

    place: str
    link: str
    code: str
    name: str
    raw: str
    value: str
    mode: str


def coercions(reading: Reading, hidden: dict[str, bool]) -> list[Coercion]:
    """Every figure that was read by a convention."""
    return list(_coercions(reading, hidden))


def _coercions(reading: Reading, hidden: dict[str, bool]) -> Iterator[Coercion]:
    modes = {row["key"]: row["description"] for row in rows("reading_modes") if row["coercion"] == "yes"}
    for seen in reading.observations:
        # The words that the form itself asks for are read as what they say.
        if seen.read_as not in modes or seen.computed or not seen.cell or seen.raw == form_text("nothing_arose"):
            continue
        place, indicator = Place(seen.sheet, seen.cell), by_code()[seen.indicator]
        link = place.link if hidden.get(seen.sheet) is False else ""
        mode = modes[seen.read_as]
        name = indicator.name.lstrip("– ")
        yield Coercion(place.words, link, seen.indicator, name, seen.raw, read_as(seen, indicator.uom), mode)


def read_as(seen: Observation, uom: str) -> str:
    """The canonical value in Vietnamese notation with its unit."""
    if seen.state == ValueState.MISSING:
        return text("readings_missing")
    if seen.state == ValueState.NOT_APPLICABLE or seen.value is None:
        return text("readings_nothing")
    return f"{vietnamese(seen.value)} {uom}"


def vietnamese(value: Decimal) -> str:
    """``1.234,5``."""
    return f"{value.normalize():,f}".translate(str.maketrans(",.", ".,"))
