"""Writes text in the encodings of before Unicode, as programs of that time would have saved it."""

from __future__ import annotations

import unicodedata
from functools import cache

from cchc.catalogue.tables import rows


def encode(text: str, encoding: str) -> str:
    """The text as it looks where its bytes are taken for Windows-1252; what has no code stays."""
    composed = unicodedata.normalize("NFC", text)
    if encoding == "UTF-8":
        return "".join(bytes([n]).decode("cp1252", "ignore") or chr(n) for n in composed.encode())
    return "".join(_table(encoding).get(letter, letter) for letter in composed)


@cache
def _table(encoding: str) -> dict[str, str]:
    if encoding == "TCVN3":
        return {row["letter"]: chr(int(row["code"], 16)) for row in rows("legacy_tcvn3")}
    return {row["letter"]: row["sequence"] for row in rows("legacy_vni")}
