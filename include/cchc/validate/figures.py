"""What each figure is, one row per figure; a column holds the measure that a rule looks at.

A column is null where its rule does not concern the row, so that no expectation needs a row condition (a condition
doubles its cost).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from cchc.catalogue.forms import form
from cchc.catalogue.indicators import Indicator, by_code
from cchc.catalogue.rules import suite
from cchc.model.observation import Observation, ValueState
from cchc.model.submission import Reading
from cchc.validate.hit import Hit
from cchc.validate.notation import vietnamese
from cchc.validate.scope import scope_of

if TYPE_CHECKING:
    import pandas as pd

SUITE = "observation"
MEASURES = ("must_state", "should_state", "figure", "count", "count_fraction", "percent", "percent_above_zero")
COLUMNS = ("reading", "row", *MEASURES, "flag", "million_dong")
_FLAG_RULE = "c10_flag_code_unknown"


def frame(readings: Sequence[Reading]) -> pd.DataFrame:
    """One row per figure of every readable file."""
    import pandas as pd

    rows = [
        {"reading": n, "row": row} | measures
        for n, reading in enumerate(readings)
        for row, measures in enumerate(_measures_of(reading))
        if measures
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)


def hit(rule: str, observation: Observation) -> Hit:
    """The figure as a broken rule."""
    reported = observation.value is not None
    return Hit(
        rule=rule,
        sheet=observation.sheet,
        cell=observation.cell,
        indicator=observation.indicator,
        found=vietnamese(observation.value) if reported else observation.raw,
        expected=answers(observation.indicator) if rule == _FLAG_RULE else "",
    )


@cache
def answers(code: str) -> str:
    """The coded answers of a flag as people list them: ``0, 1 hoặc 2``."""
    allowed = next(e for e in suite(SUITE)["expectations"] if e["meta"]["rule"] == _FLAG_RULE)
    codes = [answer.partition("=")[2] for answer in allowed["kwargs"]["value_set"] if answer.startswith(f"{code}=")]
    return " hoặc ".join(part for part in (", ".join(codes[:-1]), codes[-1]) if part) if codes else ""


@cache
def required(form_id: str, kind: str) -> Mapping[str, str]:
    """How much a form needs each of its figures."""
    return {row.indicator.code: row.required for row in form(form_id, kind).rows}


def _measures_of(reading: Reading) -> list[dict[str, Any]]:
    scope = scope_of(reading)
    if scope is None:
        return []
    need = required(scope.form, scope.period.kind)
    return [_measures(observation, need.get(observation.indicator, "")) for observation in reading.observations]


def _measures(observation: Observation, need: str) -> dict[str, Any]:
    """The measures of one figure; those of the value only where one stands and was typed in."""
    found: dict[str, Any] = {}
    if need in ("must", "should"):
        found[f"{need}_state"] = observation.state.value
    if observation.state is ValueState.REPORTED and observation.value is not None and not observation.computed:
        found["figure"] = observation.value
        found |= _of_kind(by_code()[observation.indicator], observation.value)
    return found


def _of_kind(indicator: Indicator, value: Decimal) -> dict[str, Any]:
    match indicator.kind:
        case "count":
            return {"count": value, "count_fraction": value % 1}
        case "ratio":
            return {"percent": value} | ({"percent_above_zero": value} if value > 0 else {})
        case "flag":
            return {"flag": f"{indicator.code}={value.normalize():f}"}
        case "amount" if indicator.uom == "triệu đồng":
            return {"million_dong": value}
    return {}
