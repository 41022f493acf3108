"""Words and digits of targets: nothing here judges, that is done before a report is written."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal, localcontext

from cchc.catalogue.indicators import by_code
from cchc.catalogue.regimes import Target
from cchc.model.target import TargetResult, TargetStanding, TargetState
from cchc.report import numerals
from cchc.report.facts import Facts
from cchc.report.figures import Link, Made
from cchc.report.outline import key_name
from cchc.report.spoken import TOTAL
from cchc.report.texts import label

COUNTS = ("met", "not_met", "no_data", "not_applicable", "expected")
"""Standings in which units are counted, and all of them together."""
_SIGNS = {">=": "≥", ">": ">", "<=": "≤", "<": "<"}
_FEWEST, _MOST = 2, 10
_AMPLE = Context(prec=1000)
_OWN_WORDS = ("nothing_arose", "not_asked", "part_of_year", "year_end", "year_running")
"""Reasons that say more than the state does, and are printed in its place."""


def target_text(target: Target) -> str:
    """``≥ 90``; empty where the clause names no number."""
    return "" if target.kind == "qualitative" else f"{_SIGNS[target.op]} {numerals.number(target.value)}"


def target_name(target: Target) -> str:
    """What the clause asks, else the indicator that tells of it."""
    return target.text or key_name(target.indicator)


def state_word(result: TargetResult, standing: TargetStanding) -> str:
    """``Đạt``, ``Chưa đạt``, ``Không phát sinh`` …; a threshold that binds nobody is only a mark to look at."""
    return word_of(standing.state.value, standing.reason, result.target.orientation)


def word_of(state: str, reason: str, orientation: object) -> str:
    """The word for a standing by its keys."""
    if reason in _OWN_WORDS:
        return label(f"target_{reason}")
    judged = state in (TargetState.MET, TargetState.NOT_MET)
    return label(f"target_{state}{'_orientation' if judged and orientation else ''}")


def why_listed(result: TargetResult) -> str:
    """Why nobody is held against a target that is only listed."""
    return "; ".join(filter(None, (label(f"target_{listed_as(result.target)}"), result.target.note)))


def listed_as(target: Target) -> str:
    """``qualitative``, ``displaced``, ``by_rule`` or ``uncounted``: why nobody is held against it here."""
    if target.kind == "qualitative":
        return "qualitative"
    return "displaced" if target.displaced_by else "by_rule" if target.rule else "uncounted"


def authority_scope(facts: Facts, result: TargetResult) -> str:
    """Of whom the authority's own figure is: its whole report's, or its own offices' where these alone are judged."""
    total = facts.totals.get(result.target.indicator)
    if total is None or result.authority is None or result.authority.value in (None, total.value):
        return TOTAL
    return next((tier for tier, value in total.tiers.items() if value == result.authority.value), TOTAL)


def digits(result: TargetResult, standing: TargetStanding) -> int:
    """Decimals that keep a rounded figure on its side of the threshold: 95,996 below 96 is not printed as 96,00."""
    value, distance = standing.value, standing.distance
    if value is None or distance is None:
        return _FEWEST
    for places in range(_FEWEST, _MOST):
        shown, apart = (_round(number, places) for number in (value, distance))
        if _sign(shown - result.target.value) == _sign(distance) == _sign(apart):
            return places
    return _MOST if distance else _FEWEST


def figure_format(places: int, *, signed: bool = False) -> str:
    """Number format of a cell with that many decimals, a sign before every difference that is not zero."""
    body = f"#,##0.{'0' * places}"
    return f"[$-42A]+{body}_-;-{body}_-;{body}_-" if signed else f"[$-42A]{body}_-"


def figure_text(result: TargetResult, standing: TargetStanding, value: Decimal) -> str:
    """``97,5``: a figure or a distance in a sentence, with as many decimals as tell it from the threshold."""
    return _spoken(Decimal(numerals.plain(_round(value, digits(result, standing)))))


def table_text(result: TargetResult, standing: TargetStanding) -> str:
    """``97,50``: the same in a table, where figures stand below one another; empty where there is none."""
    return "" if standing.value is None else _spoken(_round(standing.value, digits(result, standing)))


def distance_text(result: TargetResult, standing: TargetStanding) -> str:
    """``-0,04 điểm %``; empty where nothing was held against the threshold."""
    if standing.distance is None:
        return ""
    shown = _round(standing.distance, digits(result, standing))
    text = format(shown, "+,f" if shown else ",f").translate(str.maketrans(",.", ".,"))
    return f"{text} {distance_uom(result.target)}"


def distance_made(target: Target, standing: TargetStanding, scope: str) -> Made:
    """A distance walks back to the figure of ``scope`` and to the clause that set the threshold."""
    figure = Link("minuend", standing.value, target.indicator, scope)
    threshold = Link("subtrahend", target.value, sign=-1, source=target.source)
    if standing.value is None or standing.distance is None:
        return Made("sum_of", (figure, threshold))
    rest = remainder(standing.value, target.value, standing.distance)
    more = (Link("addend", rest, source=label("target_remainder")),) if rest else ()
    return Made("sum_of", (figure, threshold, *more))


def counts_made(facts: Facts, result: TargetResult) -> dict[str, tuple[Decimal, Made]]:
    """How many units stand where, by the keys of :data:`COUNTS`, each counted from the list of units."""
    name = facts.roster_of(result)
    picks = {key: "" if key == "expected" else key for key in COUNTS} if name else {}
    return {
        key: (Decimal(getattr(result.counts, key)), Made("count_of", (), roster=name, pick=pick))
        for key, pick in picks.items()
    }


def remainder(value: Decimal, threshold: Decimal, distance: Decimal) -> Decimal:
    """What rounding to 10 decimals parts a distance from figure less threshold by; nearly always 0."""
    with localcontext(_AMPLE):
        return distance - (value - threshold)


def distance_uom(target: Target) -> str:
    """Percentage points for shares, else the indicator's own unit of measure."""
    uom = by_code()[target.indicator].uom
    return label("points") if uom == "%" else uom


def _round(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _AMPLE)


def _spoken(value: Decimal) -> str:
    return format(value, ",f").translate(str.maketrans(",.", ".,"))


def _sign(value: Decimal) -> int:
    return (value > 0) - (value < 0)
