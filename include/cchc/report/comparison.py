"""How figures over time were made, for walking back, and what is said of them in words."""

from __future__ import annotations

from decimal import Decimal

from cchc.catalogue import lineage, periods
from cchc.catalogue.comparisons import limit, why
from cchc.catalogue.indicators import by_code
from cchc.model.comparison import Comparison, Matched, Piece, Side, UnitChange
from cchc.model.consolidation import Total
from cchc.report.arithmetic import BASE
from cchc.report.facts import Facts
from cchc.report.figures import Link, Made
from cchc.report.provenance import former_name

PREVIOUS, SAME, YEAR = "previous", "same_period", "year_to_date"


def side_made(facts: Facts, code: str, side: Side) -> Made | None:
    """How one side was made; None where it is the report's own total."""
    return Made("figure_of", _links(facts, code, side)) if side.pieces and side.value is not None else None


def change_made(facts: Facts, one: Comparison, method: str = "change_of") -> Made:
    """How a change was made, with ``relative_of`` that in percent: both sides walk back to their cells."""
    now = _links(facts, one.indicator, one.now)
    return Made(method, (*now, *_links(facts, one.indicator, one.before, BASE)))


def coverage_made(facts: Facts, code: str, side: Side) -> Made:
    """How many units are in a side: of several authorities all, of several periods the fewest."""
    places = dict.fromkeys((piece.authority, piece.period) for piece in side.pieces)
    found = [_link(facts, code, "addend", None, "coverage", *place) for place in places]
    several = len({period for _, period in places}) > 1
    known = {(e.authority, e.period): {t.indicator: t for t in e.totals} for e in facts.c.earlier}
    known[facts.c.authority, facts.c.period] = facts.totals
    links = [
        Link(x.role, Decimal(known[place][code].reported), x.code, x.scope, x.period, owner=x.owner)
        for x, place in zip(found, places, strict=True)
        if code in known.get(place, {})
    ]
    return Made("least_of" if several else "sum_of", tuple(links))


def previous_made(facts: Facts, total: Total) -> Made | None:
    """How the preceding period's figure was made; None where it is one total of this authority, or nothing is known."""
    one = facts.compared.get((total.indicator, PREVIOUS))
    if one is None or one.before.value is None or one.before.value != total.previous:
        return None
    plain = [(facts.c.authority, one.before.period, "total")]
    simple = [(piece.authority, piece.period, piece.part) for piece in one.before.pieces] == plain
    return None if simple else side_made(facts, total.indicator, one.before)


def matched_made(facts: Facts, one: Comparison, alike: Matched, what: str) -> Made:
    """How a figure over the units of both periods was made: ``now``, ``before``, ``units``, ``out``, ``change``."""
    values = {"units": Decimal(alike.units), "out": Decimal(alike.left_out), "now": alike.now, "before": alike.before}
    if what != "change":
        return Made("figure_of", (_of_base(facts, one, alike, "addend", values[what], f"matched_{what}"),))
    sides = (("addend", "now"), (f"{BASE}addend", "before"))
    return Made("change_of", tuple(_of_base(facts, one, alike, r, values[s], f"matched_{s}") for r, s in sides))


def unit_made(facts: Facts, one: Comparison, alike: Matched, unit: UnitChange) -> Made:
    """How a unit's part in a change was made."""
    scope = f"contribution/{unit.unit}"
    return Made("figure_of", (_of_base(facts, one, alike, "addend", unit.contribution, scope),))


def rest_made(facts: Facts, one: Comparison, alike: Matched) -> Made:
    """What the units that are not named contributed: the change less what the named ones did."""
    parts = [(unit.contribution, f"contribution/{unit.unit}") for unit in alike.shown]
    less = [_of_base(facts, one, alike, f"{BASE}addend", value, scope) for value, scope in parts]
    before = _of_base(facts, one, alike, f"{BASE}addend", alike.before, "matched_before")
    return Made("change_of", (_of_base(facts, one, alike, "addend", alike.now, "matched_now"), before, *less))


def restated_made(facts: Facts, code: str, period: str, value: Decimal) -> Made:
    """How a figure of a series was carried to the units of today."""
    moved = any(share.period == period for share in facts.c.shares)
    owner = former_name(facts.c.authority) if moved else facts.c.authority
    return Made("figure_of", (_link(facts, code, "addend", value, "restated", owner, period),))


def reported_made(facts: Facts, code: str, period: str, value: Decimal, scope: str = "total") -> Made:
    """How a figure of a series was reported, or how many units are in it."""
    return Made("figure_of", (_link(facts, code, "addend", value, scope, facts.c.authority, period),))


def base_name(facts: Facts, against: str) -> str:
    """Whose figures a comparison is with: ``6 tháng đầu năm 2026``."""
    now = facts.period
    before = periods.previous(now) if against == PREVIOUS else periods.parse(f"{now.year - 1}-{now.kind}")
    return before.label


def reasons(facts: Facts, one: Comparison) -> str:
    """Why two figures are not compared, in Vietnamese; empty where they are."""
    before = periods.previous(facts.period if one.now.why == "no_part" else periods.parse(one.before.period))
    return "; ".join(why(key, period=before.label, points=limit("coverage_points")) for key in one.reasons)


def remarks(one: Comparison) -> str:
    """What must be known of a figure that is compared."""
    return "; ".join(why(key) for key in one.notes)


def unit_name(facts: Facts, unit: UnitChange) -> str:
    """A unit by name, with the flag of a provisional share: ``xã Thượng Hồng (chia tách – tạm gán)``."""
    name = facts.names.get(unit.unit, unit.unit)
    return f"{name} ({lineage.SPLIT_FLAG})" if unit.split else name


def _links(facts: Facts, code: str, side: Side, prefix: str = "") -> tuple[Link, ...]:
    if not side.pieces:
        return (Link(f"{prefix}addend", side.value, code, "total"),)
    return tuple(_of_piece(facts, code, piece, prefix) for piece in side.pieces)


def _of_piece(facts: Facts, code: str, piece: Piece, prefix: str) -> Link:
    mean = by_code()[code].rollup == "weighted"
    role = {"numerator": "weighted", "denominator": "weight"}.get(piece.role, piece.role) if mean else piece.role
    where = (piece.authority, piece.period)
    return _link(facts, piece.code, f"{prefix}{role}", piece.value, piece.part, *where, sign=piece.sign)


def _of_base(facts: Facts, one: Comparison, alike: Matched, role: str, value: Decimal | None, scope: str) -> Link:
    owner = former_name(facts.c.authority) if alike.restated else facts.c.authority
    return _link(facts, one.indicator, role, value, scope, owner, one.before.period)


def _link(
    facts: Facts, code: str, role: str, value: Decimal | None, scope: str, owner: str, period: str, *, sign: int = 1
) -> Link:
    own = (owner, period) == (facts.c.authority, facts.c.period)
    return Link(role, value, code, scope, "" if own else period, sign, owner="" if own else owner)
