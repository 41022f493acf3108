"""Which indicators a report speaks of first: its summary, its series over time, its sentences of comparison."""

from __future__ import annotations

from functools import cache

import yaml

from cchc.catalogue.indicators import by_code
from cchc.catalogue.tables import rows
from cchc.settings import DATA

_BALLOTS = "1.4.1b"


@cache
def key_figures() -> tuple[str, ...]:
    """Codes of the key figures of ``report_texts.yaml``, in printed order."""
    document = yaml.safe_load((DATA / "report_texts.yaml").read_text(encoding="utf-8"))
    return tuple(document["key_figures"]["codes"])


@cache
def behind_series() -> tuple[str, ...]:
    """Codes of the cells behind what is shown over time, key figures and charts: own, operands, ballots as weights."""
    shown = dict.fromkeys((*key_figures(), *(row["indicator"] for row in rows("report_charts") if row["indicator"])))
    known = [by_code()[code] for code in shown]
    operands = {term.code for item in known for term in (*item.numerator, *item.denominator)}
    weights = {_BALLOTS} if any(item.rollup == "weighted" for item in known) else set()
    return tuple(sorted({*shown, *operands, *weights}))
