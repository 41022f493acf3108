"""Into the warehouse: the catalogue as dimensions, obligations of a period, figures of accepted versions."""

from cchc.load.cross import due_for_consolidation, due_for_cross_check, reportable, store_cross_findings
from cchc.load.dimensions import load_catalogue
from cchc.load.obligations import ensure_period
from cchc.load.promote import promote

__all__ = [
    "due_for_consolidation",
    "due_for_cross_check",
    "ensure_period",
    "load_catalogue",
    "promote",
    "reportable",
    "store_cross_findings",
]
