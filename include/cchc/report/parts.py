"""Parts of the document beside the outline: targets, comparison, what changed, special obligations.

Each part is made by one function and fills one slot of the templates; a part that has nothing to say is left out,
heading and all. To add one: write the function in a module of its own and name it in :data:`cchc.report.slots.PARTS`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cchc.report.texts import Column


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex of the document: one table on pages of its own.

    Attributes:
        title: In capitals, as printed under "Phụ lục …".
        note: A sentence above the table; may be empty.
        table: Name of its columns in ``report_texts_columns.csv``; widths in millimetres, 247 in all.
        lines: Values by column key. Texts are printed as they are, decimals and moments in Vietnamese; a text may hold
            figures marked by :func:`cchc.report.spoken.figure`.
        layout: The columns themselves, where not all of that name are printed.
    """

    title: str
    note: str
    table: str
    lines: Sequence[Mapping[str, Any]]
    layout: tuple[Column, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """What a part says.

    Attributes:
        texts: Whole Vietnamese sentences, a paragraph each; figures marked by :func:`cchc.report.spoken.figure`.
        annexes: Tables that go with it.
    """

    texts: Sequence[str] = ()
    annexes: Sequence[Annex] = ()


SLOTS = ("thay_doi", "nhiem_vu_dac_thu", "muc_tieu", "so_sanh")
"""Slots of the templates that a part may fill, in the order in which annexes are numbered."""
