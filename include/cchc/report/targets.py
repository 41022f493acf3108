"""Words and digits of targets: nothing here judges, that is done before a report is written."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal

from cchc.catalogue.indicators import by_code
from cchc.catalogue.regimes import Target
from cchc.model.target import TargetResult, TargetStanding, TargetState
from cchc.report import numerals
from cchc.report.figures import Link, Made
from cchc.report.outline import key_name
from cchc.report.texts import label

_SIGNS = {">=": "≥", ">": ">", "<=": "≤", "<": "<"}
_FEWEST, _MOST = 2, 10
_AMPLE = Context(prec=1000)
_OWN_WORDS = ("nothing_arose", "not_asked", "part_of_year", "year_end", "year_running")
"""Reasons that say more than the state does, and are printed in its place."""


def target_text(target: Target) -> str:
    """``≥ 90``; empty where the clause names no number."""
    return f"{_SIGNS[target.op]} {numerals.number(target.value)}" if target.indicator else ""


def target_name(target: Target) -> str:
    """What the clause asks, else the indicator that tells of it."""
    return target.text or key_name(target.indicator)


def state_word(result: TargetResult, standing: TargetStanding) -> str:
    """``Đạt``, ``Chưa đạt``, ``Không phát sinh`` …; a threshold that binds nobody is only a mark to look at."""
    if standing.reason in _OWN_WORDS:
        return label(f"target_{standing.reason}")
    judged = standing.state in (TargetState.MET, TargetState.NOT_MET)
    suffix = "_orientation" if judged and result.target.orientation else ""
    return label(f"target_{standing.state.value}{suffix}")


def why_listed(result: TargetResult) -> str:
    """Why nobody is held against a target that is only listed."""
    target = result.target
    key = "qualitative" if target.kind == "qualitative" else "displaced" if target.displaced_by else "uncounted"
    return "; ".join(filter(None, (label(f"target_{key}"), target.note)))


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
    return Made("sum_of", (figure, Link("subtrahend", target.value, sign=-1, source=target.source)))


def distance_uom(target: Target) -> str:
    """Percentage points for shares, else the indicator's own unit of measure."""
    uom = by_code()[target.indicator].uom
    return label("points") if uom == "%" else uom


def _round(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _AMPLE)


def _sign(value: Decimal) -> int:
    return (value > 0) - (value < 0)
