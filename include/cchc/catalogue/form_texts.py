"""Words of the form that more than one part of the system must agree on: labels of the cover, headings, messages."""

from __future__ import annotations

from functools import cache

from cchc.catalogue.forms import OFFICE, Form, all_forms, tier
from cchc.catalogue.periods import Period
from cchc.catalogue.tables import rows

_FORM_CODE = "form_code_"


def text(key: str, **values: object) -> str:
    """A sentence of ``form_texts.csv`` with its placeholders filled.

    Raises:
        KeyError: If the table has no such key.
    """
    return _texts()[key].format(**values) if values else _texts()[key]


def form_code(form_id: str) -> str:
    """The number that the form bears on its cover, ``CCHC-01/X``."""
    if tier(form_id) == OFFICE:
        return text("office_form_code", office=form_id.partition(":")[2])
    return text(_FORM_CODE + form_id)


def form_ids() -> dict[str, str]:
    """Form id by the number on the cover."""
    return {form_code(form_id): form_id for form_id in all_forms()}


def window_text(period: Period) -> str:
    """The data window as the cover prints it."""
    start, end = (f"{day:%d/%m/%Y}" for day in (period.window_from, period.window_to))
    return f"{text('window', start=start, end=end)} ({text(f'window_{period.basis}')})"


def sender_text(form: Form) -> str:
    """Who fills in the form."""
    if tier(form.id) == OFFICE:
        return text("sender", sender=_offices()[form.id.partition(":")[2]])
    return text("sender", sender={row["form"]: row["sender"] for row in rows("forms")}[form.id])


@cache
def _offices() -> dict[str, str]:
    return {row["code"]: row["name"] for row in rows("offices")}


@cache
def _texts() -> dict[str, str]:
    return {row["key"]: row["text"] for row in rows("form_texts")}
