"""What reads otherwise at each level: the sections of a commune or a district, and how those are called who report."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import yaml

from cchc.report.facts import Facts
from cchc.report.outline import texts
from cchc.settings import DATA

Section = Sequence[Sequence[str | dict[str, Any]]]
"""Paragraphs, each a list of alternatives."""


@cache
def own_sections() -> dict[str, dict[str, Section]]:
    """Sections that a level words for itself, by level and key."""
    found = yaml.safe_load((DATA / "report_texts_levels.yaml").read_text(encoding="utf-8"))
    return {level: sections for level, sections in found.items() if level != "source"}


def section(level: str, key: str) -> Section:
    """Paragraphs of a section as that level words it."""
    general: dict[str, Section] = texts()["sections"]
    return own_sections().get(level, {}).get(key, general.get(key, ()))


def units_word(facts: Facts) -> str:
    """What those are called who report to this authority."""
    found: str = texts()["units"][facts.authority.level]
    return found
