"""What moved between two consolidations of a period, and which reports moved it. Neither database nor clock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from cchc.catalogue import materiality
from cchc.catalogue.indicators import by_code, companions_of, counted_in_full
from cchc.consolidate.totals import WEIGHT
from cchc.model.changes import Cause, CellMove, FigureMove
from cchc.model.consolidation import Consolidation, Contribution, Total, UnitStatus
from cchc.model.observation import ValueState

_SENT = ("reported", "confirmed_zero")
_Cells = Mapping[str, Contribution]


@dataclass(frozen=True, slots=True)
class Receipt:
    """When a version came, and the how manieth of its unit it is."""

    received_at: datetime
    number: int


@dataclass(frozen=True, slots=True)
class _Stand:
    """A figure as it stands in one consolidation."""

    value: Decimal | None = None
    text: str = ""
    reported: int | None = None
    expected: int | None = None


Crosses = Callable[[str, Decimal | None, Decimal | None], bool]
"""Whether a figure of that code reaches its target on one side of the change only."""


def compare(
    before: Consolidation, after: Consolidation, receipts: Mapping[UUID, Receipt], crosses: Crosses
) -> tuple[tuple[FigureMove, ...], tuple[Cause, ...]]:
    """Figures that moved and the reports that moved them."""
    causes = tuple(_causes(before, after, receipts))
    return tuple(_moves(before, after, moved_cells(causes), crosses)), causes


def moved_cells(causes: Iterable[Cause]) -> dict[str, set[str]]:
    """Codes of the cells that say otherwise, by unit."""
    return {cause.unit: {cell.indicator for cell in cause.cells if _says_more(cell)} for cause in causes}


def _says_more(move: CellMove) -> bool:
    """False for a cell left empty in a report that was not there at all: no figure depends on that."""
    return not {move.before_state, move.after_state} <= {None, ValueState.MISSING}


def states(before: Consolidation, after: Consolidation) -> tuple[tuple[str, str, str], ...]:
    """Units whose obligation stands otherwise: code, state before, state after; empty where it was none."""
    old = {row.unit: row.state for row in before.statuses}
    new = {row.unit: row.state for row in after.statuses}
    units = dict.fromkeys([*new, *old])
    return tuple((u, old.get(u, ""), new.get(u, "")) for u in units if old.get(u) != new.get(u))


def figures(c: Consolidation) -> dict[tuple[str, str], tuple[Decimal | None, str, int | None, int | None]]:
    """Figures of a report by code and scope: value, words, units in it, units asked (None where not counted)."""
    return {place: (s.value, s.text, s.reported, s.expected) for place, s in _stands(c).items()}


def operands(code: str) -> frozenset[str]:
    """Codes of the cells that a figure is made from."""
    indicator, sent = by_code()[code], frozenset(companions_of(code).values())
    if code in counted_in_full():
        return frozenset((code, counted_in_full()[code]))
    if indicator.computed:
        return sent | {term.code for term in (*indicator.numerator, *indicator.denominator)}
    return sent | ({code, WEIGHT} if indicator.rollup == "weighted" else {code})


def _moves(
    before: Consolidation, after: Consolidation, moved: Mapping[str, set[str]], crosses: Crosses
) -> Iterator[FigureMove]:
    old, new = _stands(before), _stands(after)
    for place in sorted(old.keys() | new.keys(), key=lambda p: (by_code()[p[0]].position, _scope_order(p[1]))):
        was, now = old.get(place, _Stand()), new.get(place, _Stand())
        if was == now:
            continue
        code, scope = place
        needed = operands(code) if scope != "previous" else frozenset()
        yield FigureMove(
            code=code,
            scope=scope,
            before=was.value,
            after=now.value,
            before_text=was.text,
            after_text=now.text,
            before_reported=was.reported,
            after_reported=now.reported,
            material=_material(code, scope, was, now, crosses),
            causes=tuple(unit for unit, codes in moved.items() if needed & codes),
            before_expected=was.expected,
            after_expected=now.expected,
        )


def _material(code: str, scope: str, was: _Stand, now: _Stand, crosses: Crosses) -> bool:
    if scope != "total":  # a part's change shows in its total; a period gone by has a report of its own
        return False
    crossed = crosses(code, was.value, now.value)
    return crossed or materiality.material(by_code()[code], was.value, now.value)


def _stands(c: Consolidation) -> dict[tuple[str, str], _Stand]:
    found: dict[tuple[str, str], _Stand] = {}
    for total in c.totals:
        found |= _of_total(total)
    found |= {(told.indicator, "weight"): _Stand(told.share) for told in c.coverage if told.share is not None}
    found |= {(told.indicator, "carried"): _Stand(told.value, "", told.units) for told in c.carried or ()}
    return found


def _of_total(total: Total) -> dict[tuple[str, str], _Stand]:
    code = total.indicator
    found = {(code, "total"): _Stand(total.value, total.text, total.reported, total.expected)}
    found |= {(code, tier): _Stand(value) for tier, value in total.tiers.items()}
    if total.previous is not None:
        found[code, "previous"] = _Stand(total.previous)
    return found


def _scope_order(scope: str) -> tuple[int, str]:
    return (("total", "authority").index(scope) if scope in ("total", "authority") else 2, scope)


def _causes(before: Consolidation, after: Consolidation, receipts: Mapping[UUID, Receipt]) -> Iterator[Cause]:
    old, new = ({row.unit: row for row in c.statuses} for c in (before, after))
    then, now = _given(before), _given(after)
    for unit in dict.fromkeys([*new, *old]):
        cells = tuple(_cell_moves(then.get(unit, {}), now.get(unit, {})))
        kind = _kind(old.get(unit), new.get(unit), bool(cells))
        if kind:
            yield _cause(kind, old.get(unit), new.get(unit), cells, receipts)


def _kind(was: UnitStatus | None, now: UnitStatus | None, moved: bool) -> str:
    counted, counts = (row is not None and row.state in _SENT for row in (was, now))
    if counted != counts:
        return "in" if counts else "out"
    if not counts or was is None or now is None:
        return ""
    if was.submission_id != now.submission_id:
        return "version"
    return "reread" if moved else ""


def _cause(
    kind: str,
    was: UnitStatus | None,
    now: UnitStatus | None,
    cells: tuple[CellMove, ...],
    receipts: Mapping[UUID, Receipt],
) -> Cause:
    counted = was if was is not None and was.state in _SENT else None
    counts = now if now is not None and now.state in _SENT else None
    about = now or was
    assert about is not None
    receipt = receipts.get(counts.submission_id) if counts and counts.submission_id else None
    return Cause(
        unit=about.unit,
        name=about.name,
        kind=kind,
        before_id=counted.submission_id if counted else None,
        before_file=counted.file_name if counted else "",
        before_sha256=counted.sha256 if counted else "",
        submission_id=counts.submission_id if counts else None,
        file_name=counts.file_name if counts else "",
        sha256=counts.sha256 if counts else "",
        received_at=receipt.received_at if receipt else None,
        version=receipt.number if receipt else 0,
        cells=cells,
        tier=about.kind,
    )


def _given(c: Consolidation) -> dict[str, dict[str, Contribution]]:
    found: dict[str, dict[str, Contribution]] = defaultdict(dict)
    for item in c.contributions:
        found[item.unit][item.indicator] = item
    return found


def _cell_moves(then: _Cells, now: _Cells) -> Iterator[CellMove]:
    for code in sorted(then.keys() | now.keys(), key=lambda code: by_code()[code].position):
        was, stands = then.get(code), now.get(code)
        old, old_state = (was.value, was.state) if was else (None, None)
        new, new_state = (stands.value, stands.state) if stands else (None, None)
        place = stands or was
        if place and (old, old_state) != (new, new_state):
            former = (was.sheet, was.cell, was.raw, was.read_as) if was else ()
            yield CellMove(code, old, old_state, new, new_state, place.sheet, place.cell, *former)
