"""The outline of the written report and the choice of key figures, read from ``report_texts.yaml``."""

from __future__ import annotations

from functools import cache
from typing import Any

import yaml

from cchc.catalogue.indicators import by_code
from cchc.settings import DATA


@cache
def texts() -> dict[str, Any]:
    """The whole document of sentences."""
    found: dict[str, Any] = yaml.safe_load((DATA / "report_texts.yaml").read_text(encoding="utf-8"))
    return found


def key_figures() -> tuple[str, ...]:
    """Codes of the key figures, in printed order."""
    return tuple(texts()["key_figures"]["codes"])


def key_name(code: str) -> str:
    """Name of a key figure where it stands without its table."""
    names: dict[str, str] = texts()["key_figures"]["names"]
    return names.get(code, by_code()[code].name)
