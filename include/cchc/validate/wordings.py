"""Rule x12: the text part of a unit is largely that of another one.

The only rule across units that no query can answer: it compares texts by pieces (see :mod:`cchc.validate.likeness`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Connection

from cchc.catalogue.periods import Period
from cchc.catalogue.text_pieces import letters_of
from cchc.store.sqlfiles import statement
from cchc.validate.likeness import alike, sentences

_QUOTED = 60


@dataclass(frozen=True, slots=True)
class _Section:
    """One section of a unit's text."""

    text: str
    sheet: str
    cell: str


@dataclass(frozen=True, slots=True)
class _Sender:
    """A unit with its text."""

    submission_id: str
    name: str
    sections: tuple[_Section, ...]

    @property
    def text(self) -> str:
        return "\n".join(section.text for section in self.sections)


def same_words(connection: Connection, period: Period) -> Iterator[dict[str, Any]]:
    """Offenders: each unit whose text is largely that of another, with the one it has most in common with."""
    rows = connection.execute(statement("marts/narratives_beside"), {"period": period.code}).mappings().all()
    for _, of_one_kind in groupby(rows, key=lambda row: (row["authority"], row["form"])):
        yield from _offenders(_senders(list(of_one_kind)))


def _senders(rows: Sequence[Mapping[Any, Any]]) -> dict[str, _Sender]:
    found = {}
    for code, of_one in groupby(rows, key=lambda row: row["unit_code"]):
        sections = [*of_one]
        found[code] = _Sender(
            str(sections[0]["submission_id"]),
            f"{sections[0]['unit_name']} (mã {code})",
            tuple(_Section(row["text"], row["sheet"], row["cell"]) for row in sections),
        )
    return found


def _offenders(senders: Mapping[str, _Sender]) -> Iterator[dict[str, Any]]:
    shares = alike({code: sender.text for code, sender in senders.items()})
    closest: dict[str, tuple[float, str]] = {}
    for (one, other), part in shares.items():
        for mine, theirs in ((one, other), (other, one)):
            closest[mine] = max(closest.get(mine, (0.0, "")), (part, theirs))
    for mine, (part, theirs) in sorted(closest.items()):
        yield _offender(senders[mine], senders[theirs], part)


def _offender(mine: _Sender, theirs: _Sender, part: float) -> dict[str, Any]:
    """The finding points at the section with the longest sentence that both have, and quotes it."""
    said = {letters_of(sentence) for sentence in sentences(theirs.text)}
    common = [
        (len(sentence), sentence, section)
        for section in mine.sections
        for sentence in sentences(section.text)
        if letters_of(sentence) in said
    ]
    _, example, where = max(common, key=lambda item: item[0], default=(0, "", mine.sections[0]))
    quoted = f"; ví dụ: “{example[:_QUOTED]}…”" if example else ""
    return {
        "submission_id": mine.submission_id,
        "indicator": "",
        "sheet": where.sheet,
        "cell": where.cell,
        "found": f"{part:.0%} nội dung trùng, không kể con số{quoted}",
        "expected": theirs.name,
    }
