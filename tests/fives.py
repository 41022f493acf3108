"""An authority's period from files to the report: forms filled in by hand, the real intake, the command line.

The forms are those of ``cchc sample`` (sound, the same for the same seed); the figures that a test speaks of are
written over them with openpyxl, as a person would.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from docx import Document
from openpyxl import load_workbook
from typer.testing import CliRunner

from cchc import consolidate, settings
from cchc.catalogue import periods, regimes
from cchc.catalogue.forms import HEADINGS
from cchc.cli import app
from cchc.model.consolidation import Consolidation
from cchc.model.special import SpecialRule
from cchc.model.target import TargetResult
from cchc.store import engine as warehouse
from cchc.template import issue_registers

NOTHING = "Không phát sinh"
Figures = Mapping[str, int | float | str | None]


@dataclass(frozen=True)
class Sent:
    """One unit's file: what stands in it otherwise than in the sample, and when it came."""

    unit: str
    at: str
    figures: Figures


@dataclass(frozen=True)
class Year:
    """A workbook of registers and when it came."""

    year: int
    at: str
    entries: Mapping[str, Sequence[Mapping[str, Any]]]


@dataclass(frozen=True)
class Report:
    """What came of it."""

    made: Consolidation
    answer: dict[str, Any]
    board: dict[str, Any]
    xlsx: Path
    docx: Path
    words: str = field(repr=False, default="")

    @property
    def targets(self) -> dict[str, TargetResult]:
        return {found.target.id: found for found in self.made.targets}

    @property
    def rules(self) -> dict[str, SpecialRule]:
        return {rule.id: rule for rule in self.made.special}

    def total(self, code: str) -> Any:
        return next(total for total in self.made.totals if total.indicator == code)

    def units(self, target: str) -> dict[str, tuple[Any, ...]]:
        """State, value and distance of each unit under a target."""
        return {s.body: (s.state.value, s.value, s.distance) for s in self.targets[target].units}

    def late(self) -> dict[str, int]:
        """Hours late of the units that sent."""
        return {row["unit"]: row["late_by_hours"] for row in self.board["units"] if row["state"] == "reported"}

    def sheet(self, name: str) -> list[tuple[Any, ...]]:
        """A sheet of the workbook, row by row."""
        return list(load_workbook(self.xlsx)[name].iter_rows(values_only=True))

    def cells(self, name: str) -> str:
        """Everything that stands on a sheet, as one text."""
        return "\n".join(str(value) for row in self.sheet(name) for value in row if value is not None)

    def printed(self, code: str) -> Any:
        """The figure of a code on the annex sheets, found by the headings that the contract names."""
        return self._cell(code).value

    def traced(self, code: str) -> dict[str, Any]:
        """What ``cchc trace`` says of that figure."""
        cell = self._cell(code)
        told: dict[str, Any] = json.loads(
            cchc("trace", str(self.xlsx), f"{cell.parent.title}!{cell.coordinate}", "--json")
        )
        return told

    def _cell(self, code: str) -> Any:
        for sheet in load_workbook(self.xlsx).worksheets:
            found = _places(sheet)
            if sheet.title[:1].isdigit() and found and code in found[1]:
                return sheet.cell(found[1][code], found[0])
        raise KeyError(code)


def cchc(*words: str) -> str:
    """What a command says; it must succeed."""
    done = CliRunner().invoke(app, list(words))
    assert done.exit_code == 0, (words, done.output, done.exception)
    return done.stdout


def produce(
    here: Path, authority: str, period: str, sent: Sequence[Sent], *, as_of: str, registers: Year | None = None
) -> Report:
    """Samples, figures by hand, intake, registers, consolidation: all through the command line."""
    sample = here / f"sample-{period}"
    cchc("sample", "--authority", authority, "--period", period, "--out", str(sample))
    for one in sent:
        path = sample / f"{one.unit}_{period}.xlsx"
        _fill(path, one.figures)
        cchc("receive", str(path), "--received-at", f"{one.at}+07:00")
    verdicts = json.loads(cchc("ingest", "--json"))["verdicts"]
    assert sum(verdicts.values()) == len(sent) and not {"rejected", "unreadable"} & set(verdicts), verdicts
    if registers:
        path = here / f"so-theo-doi-{registers.year}.xlsx"
        body = regimes.authority(authority).body
        path.write_bytes(issue_registers(authority, body, registers.year, registers.entries))
        cchc("register", "import", str(path), "--received-at", f"{registers.at}+07:00")
    return _report(here / f"out-{period}", authority, period, f"{as_of}+07:00")


def _report(out: Path, authority: str, period: str, as_of: str) -> Report:
    asked = ("--authority", authority, "--period", period, "--as-of", as_of, "--json")
    board = json.loads(cchc("status", *asked))
    answer = json.loads(cchc("consolidate", *asked, "--out", str(out)))
    wanted = periods.parse(period)
    with warehouse.engine(settings.load()).connect() as connection:
        made = consolidate.assemble(connection, authority, wanted, datetime.fromisoformat(as_of))
    docx = Path(answer["files"]["docx"])
    return Report(made, answer, board, Path(answer["files"]["xlsx"]), docx, _words(docx))


def _words(path: Path) -> str:
    document = Document(str(path))
    rows = [" | ".join(cell.text for cell in row.cells) for table in document.tables for row in table.rows]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *rows])


def _fill(path: Path, figures: Figures) -> None:
    book, left = load_workbook(path), dict(figures)
    for sheet in book.worksheets:
        found = _places(sheet)
        for code in [code for code in left if found and code in found[1]]:
            sheet.cell(found[1][code], found[0]).value = left.pop(code)
    assert not left, f"{path.name} does not ask for {sorted(left)}"
    book.save(path)


def _places(sheet: Any) -> tuple[int, dict[str, int]] | None:
    """The column of figures, and the row of each code; None where the sheet is no annex."""
    for row in sheet.iter_rows(min_row=1, max_row=12):
        heads = {cell.value: cell.column for cell in row if cell.value}
        if {HEADINGS[1], HEADINGS[4]} <= set(heads):
            codes = {str(r[heads[HEADINGS[1]] - 1].value): r[0].row for r in sheet.iter_rows(min_row=row[0].row + 1)}
            return heads[HEADINGS[4]], codes
    return None
