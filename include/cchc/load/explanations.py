"""What was said to warnings: with the file itself, or by the staff of the authority afterwards."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import Connection, Row, delete
from sqlalchemy.dialects.postgresql import insert

from cchc.catalogue.rules import rules
from cchc.model.finding import Severity
from cchc.model.submission import Explanation, Judged
from cchc.store.tables import explanation

MOST_CHARACTERS = 2000
_WHOLE_FILE = ("file", "cover")


@dataclass(frozen=True, slots=True)
class Word:
    """What a person of the authority says to a warning on a version.

    Attributes:
        submission_id: Version that the warning stands on.
        unit: Unit code.
        period: Period code.
        author: Who says it.
        given_at: When.
        said: Rule, place and text.
        value: The figure's value in that version.
        state: The figure's state; empty where the warning is on no figure.
    """

    submission_id: UUID
    unit: str
    period: str
    author: str
    given_at: datetime
    said: Explanation
    value: Any = None
    state: str = ""


def clean(text: str) -> str:
    """Words fit to be kept and printed: one line, no control characters, at most 2,000 characters."""
    spaced = "".join(" " if unicodedata.category(c) == "Cc" else c for c in unicodedata.normalize("NFC", text))
    shown = "".join(c for c in spaced if unicodedata.category(c)[0] != "C")
    return " ".join(shown.split())[:MOST_CHARACTERS].rstrip()


def replace_own(connection: Connection, judged: Judged) -> None:
    """Keep what a file says to warnings in place of what was read of it before."""
    identity = judged.reading.submission_id
    own = (explanation.c.submission_id == identity, explanation.c.given_at.is_(None))
    connection.execute(delete(explanation).where(*own))
    rows = _rows(judged) if _is_certain_whose(judged) else []
    if rows:
        connection.execute(explanation.insert(), rows)


def add(connection: Connection, word: Word) -> None:
    """Keep what a person says; the same words of the same person are kept once, with their first moment."""
    said = word.said
    row = {
        "explanation_id": uuid5(word.submission_id, "|".join((word.author, *_place(said).values(), clean(said.text)))),
        "submission_id": word.submission_id,
        "unit_code": word.unit,
        "period_code": word.period,
        **_place(said),
        "value": word.value,
        "state": word.state,
        "text": clean(said.text),
        "author": word.author,
        "given_at": word.given_at,
    }
    connection.execute(insert(explanation).values(row).on_conflict_do_nothing())


def word_on(finding: Row[Any], period: str, text: str, author: str, given_at: datetime) -> Word:
    """What a person says to a finding as ``marts/findings_to_explain`` returns it."""
    place = {name: getattr(finding, name) for name in ("indicator", "rule", "sheet", "cell", "found")}
    said = Explanation(text, **place)
    whose = (finding.submission_id, finding.unit_code, period)
    return Word(*whose, author, given_at, said, finding.value, finding.state)


def _is_certain_whose(judged: Judged) -> bool:
    """False where the file as a whole is in doubt: its words must not answer for a unit that may not be its own."""
    doubted = any(f.severity == Severity.CRITICAL and rules()[f.rule].subject in _WHOLE_FILE for f in judged.findings)
    return bool(judged.reading.unit and judged.reading.period) and not doubted


def _rows(judged: Judged) -> list[dict[str, Any]]:
    reading = judged.reading
    figures = {o.indicator: o for o in reading.observations}
    rows = []
    for number, said in enumerate(reading.explanations):
        text = clean(said.text)
        figure = figures.get(said.indicator)
        if text:
            rows.append(
                {
                    "explanation_id": uuid5(reading.submission_id, str(number)),
                    "submission_id": reading.submission_id,
                    "unit_code": reading.unit,
                    "period_code": reading.period,
                    **_place(said),
                    "value": figure.value if figure else None,
                    "state": figure.state.value if figure else "",
                    "text": text,
                    "author": "",
                    "given_at": None,
                }
            )
    return rows


def _place(said: Explanation) -> Mapping[str, str]:
    return {
        "rule": said.rule,
        "indicator": said.indicator,
        "sheet": said.sheet,
        "cell": said.cell,
        "found": " ".join(said.found.split()),
    }
