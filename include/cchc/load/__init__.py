"""Into the warehouse: the catalogue as dimensions, obligations of a period, figures of accepted versions."""

from cchc.load.cross import due_for_consolidation, due_for_cross_check, reportable, store_cross_findings
from cchc.load.dimensions import load_catalogue
from cchc.load.explanations import add as explain
from cchc.load.explanations import clean as clean_words
from cchc.load.explanations import word_on
from cchc.load.obligations import ensure_period
from cchc.load.promote import promote

__all__ = [
    "clean_words",
    "due_for_consolidation",
    "due_for_cross_check",
    "ensure_period",
    "explain",
    "load_catalogue",
    "promote",
    "reportable",
    "store_cross_findings",
    "word_on",
]
