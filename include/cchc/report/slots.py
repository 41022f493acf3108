"""Which function fills which slot of the templates."""

from __future__ import annotations

from collections.abc import Callable

from cchc.report.change_words import change_part
from cchc.report.comparison_words import comparison_part
from cchc.report.facts import Facts
from cchc.report.parts import SLOTS, Part
from cchc.report.sentences import Sentences
from cchc.report.special_words import special_part
from cchc.report.target_words import target_part

PARTS: dict[str, Callable[[Facts, Sentences], Part]] = {
    "thay_doi": change_part,
    "nhiem_vu_dac_thu": special_part,
    "muc_tieu": target_part,
    "so_sanh": comparison_part,
}
"""By slot: ``thay_doi``, ``nhiem_vu_dac_thu``, ``muc_tieu``, ``so_sanh``."""


def all_parts(facts: Facts, sentences: Sentences) -> dict[str, Part]:
    """Every part, by slot; empty where nobody fills it."""
    return {slot: PARTS[slot](facts, sentences) if slot in PARTS else Part() for slot in SLOTS}
