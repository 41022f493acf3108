"""How figures are written for a reader: decimal comma, dot between thousands."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

_HELD = re.compile(r"⟨(-?[0-9]+(?:\.[0-9]+)?)⟩")
_SWAP = str.maketrans({",": ".", ".": ","})


def vietnamese(value: Decimal | None, places: int | None = None) -> str:
    """``1.234,5``; nothing for no value.

    Args:
        value: The figure.
        places: Decimals to round to; by default all that the figure has.
    """
    if value is None:
        return ""
    if places is not None:
        value = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{value:,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.translate(_SWAP)


def vietnamese_text(text: str) -> str:
    """The same for a figure that comes as text, and for figures that a text holds between ``⟨`` and ``⟩``."""
    try:
        return vietnamese(Decimal(text), places=2)
    except InvalidOperation:
        return _HELD.sub(lambda match: vietnamese(Decimal(match[1]), places=2), text)
