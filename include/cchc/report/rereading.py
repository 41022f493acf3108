"""What reading history again would change, as a workbook for people and as a document for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from cchc.catalogue import periods, units
from cchc.catalogue.indicators import by_code
from cchc.catalogue.periods import ZONE
from cchc.catalogue.rules import rules
from cchc.model.finding import Finding
from cchc.model.rereading import FigureChange, Rereading, Standing, TotalChange, VersionChange
from cchc.report import numerals
from cchc.report.book import Book, set_widths, table, title_block
from cchc.report.texts import columns, label

_NO_MOMENT = datetime(2025, 7, 1, tzinfo=ZONE)
"""Stands as the workbook's date where no file was read: the day that the present units began."""
_LISTS = ("versions", "rules", "findings", "figures", "totals")


def rereading_document(r: Rereading) -> dict[str, Any]:
    """The document of ``cchc reparse --json``."""
    return {
        "ruleset": r.ruleset,
        "period": r.period or None,
        "authority": r.authority or None,
        "summary": _summary(r),
        "versions": [_version(change) for change in r.versions],
        "rules": [{k: line[k] for k in ("rule", "added", "removed")} for line in _rule_lines(r)],
        "totals": [_total(change) for change in r.totals],
        "editions": [{"authority": e.authority, "period": e.period, "number": e.number} for e in r.editions],
    }


def write_rereading(r: Rereading, path: Path) -> None:
    """Write the workbook: a summary, and a list of each kind of change. The same changes give the same bytes."""
    moment = max((change.received_at for change in r.versions), default=_NO_MOMENT)
    book = Book(path, label("title_reread"), "", moment)
    _write_summary(book, r)
    lines = {
        "versions": _version_lines(r),
        "rules": _rule_lines(r),
        "findings": _finding_lines(r),
        "figures": _figure_lines(r),
        "totals": _total_lines(r),
    }
    for name in _LISTS:
        _write_list(book, name, lines[name])
    book.close()


def _summary(r: Rereading) -> dict[str, Any]:
    moved = Counter(
        f"{change.before.verdict} → {change.after.verdict}"
        for change in r.versions
        if change.before.verdict != change.after.verdict
    )
    return {
        "read": r.read,
        "changed": len(r.versions),
        "verdicts": dict(sorted(moved.items())),
        "figures": sum(len(change.figures) for change in r.versions),
        "counting_figures": sum(len(c.figures) for c in r.versions if c.before.counts or c.after.counts),
        "added": sum(len(change.added) for change in r.versions),
        "removed": sum(len(change.removed) for change in r.versions),
        "totals": len(r.totals),
        "editions": len(r.editions),
    }


def _version(change: VersionChange) -> dict[str, Any]:
    return {
        "submission_id": str(change.submission_id),
        "file_name": change.file_name,
        "received_at": change.received_at.astimezone(ZONE).isoformat(),
        "before": _standing(change.before),
        "after": _standing(change.after),
        "added": [found.as_dict() for found in change.added],
        "removed": [found.as_dict() for found in change.removed],
        "figures": [_figure(figure) for figure in change.figures],
        "reread": change.reread,
    }


def _standing(s: Standing) -> dict[str, Any]:
    return {"unit": s.unit, "period": s.period, "verdict": s.verdict, "counts": s.counts}


def _figure(f: FigureChange) -> dict[str, Any]:
    return {
        "indicator": f.indicator,
        "before": _plain(f.before),
        "before_state": f.before_state or None,
        "after": _plain(f.after),
        "after_state": f.after_state or None,
        "sheet": f.sheet,
        "cell": f.cell,
    }


def _total(t: TotalChange) -> dict[str, Any]:
    return {
        "authority": t.authority,
        "period": t.period,
        "indicator": t.indicator,
        "before": _plain(t.before),
        "before_text": t.before_text,
        "before_reported": t.before_reported,
        "after": _plain(t.after),
        "after_text": t.after_text,
        "after_reported": t.after_reported,
    }


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else numerals.plain(value)


def _write_summary(book: Book, r: Rereading) -> None:
    sheet = book.sheet(label("sheet_reread_summary"), landscape=False)
    sheet.set_column(0, 0, 50)
    sheet.set_column(1, 1, 44)
    row = title_block(book, sheet, [label("title_reread"), label("subtitle_reread", scope=_scope(r))], 1, "")
    for heading, value in _summary_lines(r):
        sheet.write_string(row, 0, heading, book.style("label"))
        sheet.write_string(row, 1, value, book.style("wrap"))
        row += 1


def _summary_lines(r: Rereading) -> Iterator[tuple[str, str]]:
    numbers = _summary(r)
    for key in ("read", "changed"):
        yield label(f"reread_{key}"), numerals.number(Decimal(numbers[key]))
    for moved, number in numbers["verdicts"].items():
        before, after = moved.split(" → ")
        yield f"{label('reread_verdicts')}: {_verdict(before)} → {_verdict(after)}", numerals.number(Decimal(number))
    for key in ("added", "removed", "figures", "counting_figures", "totals", "editions"):
        yield label(f"reread_{key}"), numerals.number(Decimal(numbers[key]))
    for made in r.editions:
        number = {"authority": made.authority, "period": made.period, "number": made.number}
        yield "", label("reread_edition", **number)
    yield label("reread_ruleset"), r.ruleset


def _write_list(book: Book, name: str, lines: list[dict[str, Any]]) -> None:
    layout = columns(f"reread_{name}")
    sheet = book.sheet(label(f"sheet_reread_{name}"))
    set_widths(sheet, layout)
    row = title_block(book, sheet, [label(f"title_reread_{name}")], len(layout) - 1, "")
    after = table(book, sheet, row, layout, lines)
    if lines:
        sheet.autofilter(row, 0, after - 1, len(layout) - 1)
    else:
        sheet.merge_range(after, 0, after, len(layout) - 1, label("no_reread"), book.style("center"))
    sheet.repeat_rows(row)
    sheet.freeze_panes(row + 1, 0)


def _scope(r: Rereading) -> str:
    period = periods.parse(r.period).label if r.period else label("reread_all_periods")
    whose = label("reread_authority", authority=r.authority) if r.authority else label("reread_all_authorities")
    return f"{period}, {whose}"


def _version_lines(r: Rereading) -> list[dict[str, Any]]:
    return [
        {
            "tt": number,
            **_whose(change),
            "received_at": change.received_at,
            "before": _verdict(change.before.verdict),
            "after": _verdict(change.after.verdict),
            "moved": _moved(change),
            "counts": _counts(change),
            "added": len(change.added),
            "removed": len(change.removed),
            "figures": len(change.figures),
            "reread": change.reread,
        }
        for number, change in enumerate(r.versions, start=1)
    ]


def _rule_lines(r: Rereading) -> list[dict[str, Any]]:
    added = Counter(found.rule for change in r.versions for found in change.added)
    removed = Counter(found.rule for change in r.versions for found in change.removed)
    known = rules()
    return [
        {
            "rule": rule,
            # A rule that was taken out of the register still has findings that go.
            "title": known[rule].title if rule in known else "",
            "severity": label(f"severity_{known[rule].severity}") if rule in known else "",
            "added": added[rule],
            "removed": removed[rule],
        }
        for rule in sorted(added.keys() | removed.keys())
    ]


def _finding_lines(r: Rereading) -> list[dict[str, Any]]:
    changes = [
        (change, word, found)
        for change in r.versions
        for word, some in (("reread_added_one", change.added), ("reread_removed_one", change.removed))
        for found in some
    ]
    return [
        {"tt": number, "change": label(word), **_whose(change), **_found(found)}
        for number, (change, word, found) in enumerate(changes, start=1)
    ]


def _found(found: Finding) -> dict[str, Any]:
    return {
        "severity": label(f"severity_{found.severity}"),
        "place": _place(found.sheet, found.cell),
        "indicator": found.indicator,
        "found": found.found,
        "message": found.message,
        "rule": found.rule,
    }


def _figure_lines(r: Rereading) -> list[dict[str, Any]]:
    changes = [(change, figure) for change in r.versions for figure in change.figures]
    return [
        {
            "tt": number,
            **_whose(change),
            "indicator": figure.indicator,
            "name": _name(figure.indicator),
            "before": _said(figure.before, figure.before_state),
            "after": _said(figure.after, figure.after_state),
            "place": _place(figure.sheet, figure.cell),
            "counts": _counts(change),
        }
        for number, (change, figure) in enumerate(changes, start=1)
    ]


def _total_lines(r: Rereading) -> list[dict[str, Any]]:
    return [
        {
            "tt": number,
            "authority": t.authority,
            "period": t.period,
            "indicator": t.indicator,
            "name": _name(t.indicator),
            "before": t.before_text or _number(t.before),
            "after": t.after_text or _number(t.after),
            "before_reported": t.before_reported,
            "after_reported": t.after_reported,
        }
        for number, t in enumerate(r.totals, start=1)
    ]


def _whose(change: VersionChange) -> Mapping[str, str]:
    period, unit = change.before.period, change.before.unit
    known = units.find(unit, periods.parse(period).window_to) if unit and period else None
    return {"period": period, "unit": unit, "unit_name": known.name if known else "", "file_name": change.file_name}


def _moved(change: VersionChange) -> str:
    before, after = ((s.unit, s.period) for s in (change.before, change.after))
    return "" if before == after else ", ".join(_known(after))


def _known(words: Iterable[str]) -> list[str]:
    return [word for word in words if word]


def _counts(change: VersionChange) -> str:
    before, after = (label(f"reread_counts_{'yes' if s.counts else 'no'}") for s in (change.before, change.after))
    return before if before == after else label("reread_counts_change", before=before, after=after)


def _verdict(verdict: str) -> str:
    return label(f"verdict_{verdict}")


def _place(sheet: str, cell: str) -> str:
    return f"{sheet}!{cell}" if cell else sheet


def _name(code: str) -> str:
    indicator = by_code().get(code)
    return indicator.name.lstrip("– ") if indicator else ""


def _said(value: Decimal | None, state: str) -> str:
    """A figure as people read it; what stands for no number is said in words."""
    if state == "reported":
        return _number(value)
    return label(f"state_figure_{state or 'none'}")


def _number(value: Decimal | None) -> str:
    return "" if value is None else numerals.number(value)
