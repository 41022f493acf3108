"""A file as it was opened, whatever its container."""

from __future__ import annotations

from dataclasses import dataclass, field

from cchc.model.submission import Issue
from cchc.parse.archive import Parts
from cchc.parse.grid import Grid, Notes


@dataclass(frozen=True, slots=True)
class Workbook:
    """An opened file.

    Attributes:
        sheets: In the file's order.
        container: As in :class:`cchc.model.submission.Reading`; the content decides, never the file's name.
        parts: Of an .xlsx, for what values alone do not tell (formulas, number formats); empty for others.
        notes: The same facts of the other containers.
        remarks: On the file as a whole.
    """

    sheets: tuple[Grid, ...]
    container: str
    parts: Parts = field(default_factory=dict, repr=False)
    notes: Notes = field(default_factory=dict)
    remarks: tuple[Issue, ...] = ()
