"""Into the warehouse: the catalogue as dimensions, obligations of a period, figures of accepted versions."""

from cchc.load.cross import (
    cross_checks_due,
    due_for_consolidation,
    due_for_cross_check,
    looking_at,
    replace_cross_findings,
    reportable,
    store_cross_findings,
)
from cchc.load.dimensions import load_catalogue
from cchc.load.explanations import add as explain
from cchc.load.explanations import clean as clean_words
from cchc.load.explanations import word_on
from cchc.load.judgements import remember_unchanged
from cchc.load.obligations import ensure_period
from cchc.load.promote import promote, refresh_statistics
from cchc.load.registers import store_registers
from cchc.load.rewrite import placing, rewrite, says_the_same

__all__ = [
    "says_the_same",
    "rewrite",
    "placing",
    "refresh_statistics",
    "remember_unchanged",
    "replace_cross_findings",
    "looking_at",
    "cross_checks_due",
    "clean_words",
    "due_for_consolidation",
    "due_for_cross_check",
    "ensure_period",
    "explain",
    "load_catalogue",
    "promote",
    "reportable",
    "store_cross_findings",
    "store_registers",
    "word_on",
]
