"""Figures beside their targets."""

from __future__ import annotations

from cchc.catalogue.regimes import Target
from cchc.model.consolidation import Total
from cchc.report import numerals


def compare(total: Total, target: Target | None) -> bool | None:
    """True where the figure reaches its target; None where either is unknown."""
    if target is None or total.value is None:
        return None
    return total.value > target.value if target.op == ">" else total.value >= target.value


def target_text(target: Target) -> str:
    """``≥ 90``."""
    sign = {">=": "≥", ">": ">"}[target.op]
    return f"{sign} {numerals.number(target.value)}"
