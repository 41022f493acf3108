"""The outline of the written report and the choice of key figures, read from ``report_texts.yaml``."""

from __future__ import annotations

from functools import cache
from typing import Any

import yaml

from cchc.catalogue.indicators import by_code
from cchc.catalogue.key_figures import key_figures
from cchc.catalogue.tables import rows
from cchc.settings import DATA

__all__ = ["groups", "headings", "key_figures", "key_name", "outline_of", "texts"]


@cache
def texts() -> dict[str, Any]:
    """The whole document of sentences."""
    found: dict[str, Any] = yaml.safe_load((DATA / "report_texts.yaml").read_text(encoding="utf-8"))
    return found


def outline_of(kind: str) -> str:
    """Which outline a kind of report follows: ``quy`` the shorter one of a quarter, ``nam`` that of longer periods."""
    return next(name for name, kinds in texts()["outlines"]["kinds"].items() if kind in kinds)


def headings(outline: str) -> tuple[dict[str, str], ...]:
    """Headings of an outline in printed order: ``place``, ``parent``, ``heading``, ``holds``."""
    return tuple(row for row in rows("report_outlines") if row["outline"] == outline)


def groups(outline: str) -> tuple[tuple[str, ...], ...]:
    """Sections of the narrative that stand under each heading of an outline."""
    return tuple(tuple(row["holds"].split()) for row in headings(outline) if row["holds"])


def key_name(code: str) -> str:
    """Name of a key figure where it stands without its table."""
    names: dict[str, str] = texts()["key_figures"]["names"]
    return names.get(code, by_code()[code].name)
