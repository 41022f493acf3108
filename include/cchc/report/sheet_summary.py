"""The summary: who reported, who did not, and the key figures beside their targets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from xlsxwriter.worksheet import Worksheet

from cchc.catalogue import periods, units
from cchc.catalogue.indicators import by_code
from cchc.catalogue.shares import comparable
from cchc.model.consolidation import Total, UnitStatus
from cchc.model.target import TargetResult, TargetState
from cchc.report import numerals
from cchc.report.book import Book, row_height, set_widths, table, text_lines, title_block
from cchc.report.comparison import PREVIOUS, previous_made
from cchc.report.facts import PERCENT, Facts, broken_window, in_state, state_key
from cchc.report.figures import Register
from cchc.report.outline import key_figures, key_name
from cchc.report.sheet_annex import line as annex_line
from cchc.report.targets import state_word, target_text
from cchc.report.texts import columns, label

_POSTPONED = ("part_of_year", "year_end")
_LISTS = (("missing", ("missing",)), ("late", ("late",)), ("rejected", ("rejected", "unreadable")))


def write(book: Book, facts: Facts, register: Register) -> None:
    """Write the summary sheet."""
    name, layout = label("sheet_summary"), columns("key")
    sheet = book.sheet(name, footer=f"{facts.authority.body} - {facts.period.label}")
    set_widths(sheet, layout)
    last = len(layout) - 1
    titles = [f"{label('title_summary')} {facts.period.label.upper()}", *facts.subtitles(), _previous_line(facts)]
    titles += [note] if (note := broken_window(facts)) else []
    row = title_block(book, sheet, titles, last, facts.authority.body)
    row = _counts(book, sheet, facts, row)
    row = _lists(book, sheet, facts, row, last)
    row = _key_figures(book, sheet, facts, register, row + 1)
    sheet.print_area(0, 0, row - 1, last)
    sheet.activate()
    sheet.set_first_sheet()


def change(facts: Facts, total: Total) -> str:
    """Change since the preceding period, only where the two can be compared."""
    indicator = by_code()[total.indicator]
    one = facts.compared.get((total.indicator, PREVIOUS))
    if total.value is None or total.previous is None or not (one.comparable if one else comparable(indicator)):
        return ""
    difference = total.value - total.previous
    if indicator.uom == PERCENT:
        return f"{numerals.signed_share(difference)} {label('points')}"
    return numerals.signed(difference)


def tally(rows: Iterable[UnitStatus]) -> dict[str, int]:
    """How many of these obligations stand where; each owed one is counted once."""
    keys = [state_key(row) for row in rows]
    return {
        "expected": len(keys) - keys.count("exempt"),
        "on_time": keys.count("on_time") + keys.count("zero"),
        "late": keys.count("late"),
        "missing": keys.count("missing"),
        "rejected": keys.count("rejected") + keys.count("unreadable"),
        "not_due": keys.count("not_due"),
        "exempt": keys.count("exempt"),
    }


def _previous_line(facts: Facts) -> str:
    return label("subtitle_previous", previous=periods.previous(facts.period).label)


def _counts(book: Book, sheet: Worksheet, facts: Facts, row: int) -> int:
    sheet.write_string(row, 0, label("head_counts"), book.style("section"))
    sheet.write_string(row + 1, 0, label("due_line", due=facts.period.due_text), book.style("line"))
    return table(book, sheet, row + 2, columns("counts"), _groups(facts))


def _groups(facts: Facts) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for group in ("all", *facts.tiers):
        mine = [row for row in facts.c.statuses if group in ("all", row.kind)]
        numbers = tally(mine)
        share = f"{numbers['on_time'] + numbers['late']}/{numbers['expected']}"
        found.append({"tt": len(found) + 1, "name": _group_name(group, facts), **numbers, "share": share})
    return found


def _group_name(group: str, facts: Facts) -> str:
    """A kind of sender as people call it: of communes and districts the kinds that the authority has."""
    whole = label(f"group_{group}")
    kinds = {unit.kind for unit in units.units_of(facts.c.authority, facts.period.window_to) if unit.form == group}
    found = ", ".join(kind for kind in whole.split(", ") if kind.lower() in kinds)
    return found[:1].upper() + found[1:] if found else whole


def _lists(book: Book, sheet: Worksheet, facts: Facts, row: int, last: int) -> int:
    lines = [
        label(f"list_{key}", number=len(found), names="; ".join(unit.name for unit in found))
        for key, states in _LISTS
        if (found := in_state(facts.c.statuses, *states))
    ]
    for text in lines or [label("list_none")]:
        sheet.set_row(row, row_height(text_lines(text, sum(column.width for column in columns("key")))))
        sheet.merge_range(row, 0, row, last, text, book.style("paragraph"))
        row += 1
    return row


def _key_figures(book: Book, sheet: Worksheet, facts: Facts, register: Register, row: int) -> int:
    sheet.write_string(row, 0, label("head_key"), book.style("section"))
    totals = [facts.totals[code] for code in key_figures() if code in facts.totals]
    layout = columns("key")
    after = table(book, sheet, row + 1, layout, _key_lines(facts, totals))
    where = {column.key: number for number, column in enumerate(layout)}
    name = sheet.get_name()
    for place, total in enumerate(totals, start=row + 2):
        register.add(name, place, where["value"], total.indicator, "total", total.value, total.text)
        if total.previous is not None:
            made = previous_made(facts, total)
            register.add(name, place, where["previous"], total.indicator, "previous", total.previous, "", made)
    _highlight(book, sheet, row + 2, after - 1, where["met"])
    return after


def _key_lines(facts: Facts, totals: Sequence[Total]) -> list[dict[str, Any]]:
    return [_key_line(facts, total, number) for number, total in enumerate(totals, start=1)]


def _key_line(facts: Facts, total: Total, number: int) -> dict[str, Any]:
    found, result = annex_line(facts, total, number), facts.targets.get(total.indicator)
    notes = [found["note"]] if found["note"] else []
    if result:
        bound = result.binds_authority and not result.target.orientation
        key = "note_target" if bound else "note_target_orientation"
        notes.append(label(key, level=result.target.level, source=result.target.source))
    if result and result.binds_authority and result.authority and result.authority.value not in (None, total.value):
        notes.append(label("note_own_offices"))
    if result and result.authority and result.authority.reason in _POSTPONED:
        notes.append(label(f"note_{result.authority.reason}"))
    return {
        **found,
        "name": key_name(total.indicator),
        "change": change(facts, total),
        "target": target_text(result.target) if result else "",
        "met": _met(result),
        "note": "; ".join(notes),
    }


def _met(result: TargetResult | None) -> str:
    """Whether the authority reached a threshold that binds it; nothing where that cannot be said."""
    if result is None or result.authority is None:
        return ""
    judged = result.authority.state in (TargetState.MET, TargetState.NOT_MET)
    return state_word(result, result.authority) if judged else ""


def _highlight(book: Book, sheet: Worksheet, first: int, last: int, column: int) -> None:
    rule = {"type": "cell", "criteria": "==", "value": f'"{label("target_not_met")}"', "format": book.accent("bad")}
    sheet.conditional_format(first, column, last, column, rule)
