"""Words of the letters that go out, and of the register of senders."""

from __future__ import annotations

from functools import cache

from cchc.catalogue.tables import rows


def text(key: str, **facts: object) -> str:
    """A sentence of ``mail_texts.csv`` with its facts filled in.

    Raises:
        KeyError: If the table has no such key.
    """
    return _texts()[key].format(**facts)


@cache
def _texts() -> dict[str, str]:
    return {row["key"]: row["text"] for row in rows("mail_texts")}
