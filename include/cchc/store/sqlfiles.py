"""SQL kept as files, so that an analyst can read what the database does."""

from __future__ import annotations

from functools import cache

from sqlalchemy import TextClause, text

from cchc.settings import SQL


@cache
def statement(name: str) -> TextClause:
    """The statement in ``sql/<name>.sql`` with bound parameters (``:period``).

    Raises:
        FileNotFoundError: If there is no such file.
    """
    return text((SQL / f"{name}.sql").read_text(encoding="utf-8"))
