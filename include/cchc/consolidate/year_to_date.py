"""The year so far: Q1, H1 and Y run from the year's start, Q3 stands on its own (domain 2.2 consequence 1)."""

from __future__ import annotations

from functools import cache

from cchc.catalogue import periods
from cchc.catalogue.indicators import Indicator, Term, by_code
from cchc.catalogue.periods import Period
from cchc.catalogue.tables import rows
from cchc.consolidate.past import Past, added, piece_of, quotient
from cchc.model.comparison import Piece, Side
from cchc.model.consolidation import Total

_NEVER = ("shared", "distinct", "distribution", "none", "count_yes")


def parts_of(period: Period) -> tuple[Period, ...]:
    """Reports whose windows make up the year so far."""
    return (period,) if period.basis == "cumulative" else (periods.previous(period), period)


def year_to_date(past: Past, period: Period, code: str) -> Side:
    """The figure of the year up to the period's end: flows added, stocks the latest, ratios from summed parts."""
    parts = parts_of(period)
    if len(parts) == 1:
        return past.side(period, code)
    indicator = by_code()[code]
    if indicator.rollup in _NEVER or indicator.time == "yearly" or _told_apart(indicator):
        return Side(period.code, None, why="not_cumulative")
    if any(len(past.owners(part)) > 1 for part in parts):
        return Side(period.code, None, why="broken")
    if indicator.time == "stock":
        return past.side(period, code)
    told = [past.totals(past.owners(part)[0], part).get(code) for part in parts]
    missing = [part for part, total in zip(parts, told, strict=True) if total is None or not total.reported]
    if missing:
        return Side(period.code, None, why="no_now" if missing[0] == period else "no_part")
    found = [(part, total) for part, total in zip(parts, told, strict=True) if total is not None]
    pieces = _pieces(past, indicator, found)
    counts = (min(total.reported for _, total in found), max(total.expected for _, total in found))
    if pieces is None:
        why = "unweighed" if indicator.rollup == "weighted" else "parts_differ"
        return Side(period.code, None, *counts, why=why)
    for piece in pieces:
        past.printed[piece.authority, piece.period] = None
    ratio = any(piece.role != "addend" for piece in pieces)
    value = quotient(pieces, code) if ratio else added(pieces)
    return Side(period.code, value, *counts, pieces, "" if value is not None else "no_now")


def _pieces(past: Past, indicator: Indicator, told: list[tuple[Period, Total]]) -> tuple[Piece, ...] | None:
    if indicator.rollup == "weighted":
        # A figure taken over from the office in charge has no weight of its own: nothing to weigh it with over time.
        weighed = all(total.numerator is not None and total.denominator is not None for _, total in told)
        return _summed(past, told, "numerator") + _summed(past, told, "denominator") if weighed else None
    if indicator.computed:
        if indicator.code in _across() and not _same_units(past, [part for part, _ in told], indicator.code):
            return None
        sides = (("numerator", indicator.numerator), ("denominator", indicator.denominator))
        found = [_side_of_ratio(past, told, role, terms) for role, terms in sides]
        return None if found[0] is None or found[1] is None else found[0] + found[1]
    if any(total.value is None for _, total in told):
        return None
    return _flow(past, [part for part, _ in told], indicator.code, "addend")


def _same_units(past: Past, parts: list[Period], code: str) -> bool:
    """True where the very same units gave the ratio's operands in each period; as many others will not do."""
    return len({past.tellers(past.owners(part)[0], part, _across()).get(code) for part in parts}) == 1


def _side_of_ratio(
    past: Past, told: list[tuple[Period, Total]], role: str, terms: tuple[Term, ...]
) -> tuple[Piece, ...] | None:
    """One side of a ratio: over the units that gave both sides where one rule holds for all its operands."""
    times = {by_code()[term.code].time for term in terms}
    whole = all(total.numerator is not None and total.denominator is not None for _, total in told)
    if whole and times == {"flow"} and not any(_rules().get(term.code) for term in terms):
        return _summed(past, told, role)
    if whole and times == {"stock"}:
        return _summed(past, told[-1:], role)
    if whole and times == {"opening"}:
        return _summed(past, told[:1], role)
    return _from_operands(past, told, role, terms)


def _summed(past: Past, told: list[tuple[Period, Total]], side: str) -> tuple[Piece, ...]:
    return tuple(piece_of(past.owners(part)[0], part, total, side, side) for part, total in told)


def _from_operands(
    past: Past, told: list[tuple[Period, Total]], role: str, terms: tuple[Term, ...]
) -> tuple[Piece, ...] | None:
    """A side of stocks and flows together: from the operands' own totals, where these speak of the same units."""
    parts = [part for part, _ in told]
    known = [past.totals(past.owners(part)[0], part).get(term.code) for part in parts for term in terms]
    counts = {total.reported for total in known if total is not None}
    if any(total is None or total.value is None for total in known) or len(counts) != 1:
        return None
    if any(total.reported not in counts for _, total in told):
        return None
    found: list[Piece] = []
    for term in terms:
        operand = _flow(past, parts, term.code, role, term.sign)
        if operand is None:
            return None
        found += operand
    return tuple(found)


def _flow(past: Past, parts: list[Period], code: str, role: str, sign: int = 1) -> tuple[Piece, ...] | None:
    """The year's figure of one indicator by its kind of time, what stands in both windows taken out once."""
    time = by_code()[code].time
    chosen = {"flow": parts, "stock": parts[-1:], "opening": parts[:1]}.get(time)
    if chosen is None:
        return None
    wanted = [(part, code, sign) for part in chosen]
    for rule, operand in _rules().get(code, ()):
        if rule == "none":
            return None
        wanted.append((parts[-1] if rule == "minus_later" else parts[0], operand, -sign))
    found = [(part, past.totals(past.owners(part)[0], part).get(name), s) for part, name, s in wanted]
    if any(total is None or total.value is None for _, total, _ in found):
        return None
    return tuple(
        piece_of(past.owners(part)[0], part, total, "total", role, s) for part, total, s in found if total is not None
    )


def _told_apart(indicator: Indicator) -> bool:
    """True where what stands in both windows is not told apart, in the figure or in an operand of it."""
    codes = [indicator.code, *(term.code for term in (*indicator.numerator, *indicator.denominator))]
    return any(rule == "none" for code in codes for rule, _ in _rules().get(code, ()))


@cache
def _across() -> tuple[str, ...]:
    """Ratios whose operands come from different windows: what was done in both, of a plan as it stands at the end."""
    return tuple(sorted(code for code, indicator in by_code().items() if indicator.computed and _crosses(indicator)))


def _crosses(indicator: Indicator) -> bool:
    operands = [term.code for term in (*indicator.numerator, *indicator.denominator)]
    times = {by_code()[code].time for code in operands}
    return len(times) > 1 or any(_rules().get(code) for code in operands)


@cache
def _rules() -> dict[str, tuple[tuple[str, str], ...]]:
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for row in rows("cumulative_rules"):
        found[row["code"]] = (*found.get(row["code"], ()), (row["rule"], row["operand"]))
    return found
