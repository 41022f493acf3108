"""``cchc regime``: which regimes there are, and what each instrument sets."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import typer

from cchc.catalogue import regime_page, regime_terms, regimes
from cchc.catalogue.regime_words import due_words, text, validity_words
from cchc.cli_base import InputError, Json, answer

regime = typer.Typer(help="Chế độ báo cáo: nghĩa vụ, hạn nộp, chỉ tiêu, quy tắc, điều khoản.", no_args_is_help=True)


@regime.command("list")
def list_regimes(as_json: Json = False) -> None:
    """Liệt kê các chế độ báo cáo."""
    answer({"regimes": [_head(one) for one in regimes.regimes()]}, as_json, lambda _: regime_page.listing())


@regime.command()
def show(regime_id: str = typer.Argument("default", metavar="[MÃ]"), as_json: Json = False) -> None:
    """In một chế độ báo cáo với nguồn của từng nội dung; mỗi điều khoản có ô để đánh dấu khi đối chiếu."""
    known = {one.id: one for one in regimes.regimes()}
    if regime_id not in known:
        raise InputError(text("unknown", id=regime_id, known=", ".join(known)))
    answer(document(known[regime_id]), as_json, lambda _: regime_page.plain(regime_id))


def document(one: regimes.Regime) -> dict[str, Any]:
    """A regime as ``cchc regime show --json`` prints it."""
    terms = asdict(regime_terms.terms(one.id))
    for duty, row in zip(regime_terms.terms(one.id).duties, terms["duties"], strict=True):
        row["due_words"] = due_words(duty.due_date, duty.due_day, duty.inclusive)
    del terms["regime"]
    terms["obligations"] = terms.pop("duties")
    return _head(one) | terms


def _head(one: regimes.Regime) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "extends": one.extends,
        "valid_from": one.valid_from,
        "valid_to": one.valid_to,
        "validity_words": validity_words(one.valid_from, one.valid_to),
        "authorities": [asdict(body) for body in one.authorities.values()],
        "kinds": one.kinds,
        "due": asdict(one.due) | {"words": due_words(None, one.due.day, one.due.inclusive)},
    }
