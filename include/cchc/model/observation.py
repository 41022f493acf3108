"""One figure as a unit reported it, with the place it was read from."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class ValueState(StrEnum):
    """What a cell says; a missing figure is never zero (domain 2.6, rule 2)."""

    REPORTED = "reported"
    CONFIRMED_ZERO = "confirmed_zero"
    MISSING = "missing"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Observation:
    """A figure of one indicator in one submission.

    Attributes:
        indicator: Catalogue code, for instance ``3.4.1``.
        value: In the catalogue's unit of measure; ratios are percentages (98.5, not 0.985). None unless reported.
            A confirmed zero carries ``Decimal(0)`` for counts and amounts and None for ratios.
        state: See :class:`ValueState`.
        sheet: Sheet name as in the file.
        cell: A1 address of the figure.
        raw: Text of the cell as a person sees it; empty for an empty cell.
        read_as: How the text was read, a key of ``catalogue/data/reading_modes.csv`` (``number``, ``text_vn``, …).
        computed: True where the form computes the figure itself (a ratio): a claim to compare, never an addend.
    """

    indicator: str
    value: Decimal | None
    state: ValueState
    sheet: str
    cell: str
    raw: str
    read_as: str
    computed: bool = False


@dataclass(frozen=True, slots=True)
class Narrative:
    """A paragraph of the report's text part.

    Attributes:
        section: Key of ``catalogue/data/narrative_sections.csv``.
        text: Normalised to NFC, line breaks kept.
        sheet: Sheet name as in the file.
        cell: A1 address.
    """

    section: str
    text: str
    sheet: str
    cell: str
