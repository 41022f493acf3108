"""What every command needs: common options, answers on stdout, sentences on stderr, input that cannot be used."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Annotated, Any

import typer

from cchc import cli_text, steps
from cchc.catalogue import periods
from cchc.catalogue.periods import ZONE, Period

Json = Annotated[bool, typer.Option("--json", help="In đúng một tài liệu JSON ra stdout.")]
AsOf = Annotated[str | None, typer.Option(help="Thời điểm xét (ISO 8601); bỏ trống là hiện tại.")]
AuthorityCode = Annotated[str, typer.Option("--authority", help="Mã cơ quan tổng hợp, ví dụ 31.")]
PeriodCode = Annotated[str, typer.Option("--period", help="Mã kỳ, ví dụ 2026-Q3.")]


class InputError(Exception):
    """Something the caller gave cannot be used; the text says what, in Vietnamese."""


def answer(document: dict[str, Any], as_json: bool, render: Any) -> None:
    """One JSON document, or the same for a person, on stdout."""
    typer.echo(json.dumps(document, ensure_ascii=False, indent=1, default=str) if as_json else render(document))


def say(sentence: str) -> None:
    """A sentence beside the answer, on stderr."""
    typer.echo(sentence, err=True)


def known_period(code: str) -> Period:
    """The period of a code.

    Raises:
        InputError: If there is none.
    """
    try:
        return periods.parse(steps.known_period(code))
    except ValueError as error:
        raise InputError(str(error)) from error


def known_authority(code: str) -> str:
    """The code of an authority.

    Raises:
        InputError: If there is none.
    """
    try:
        return steps.known_authority(code)
    except ValueError as error:
        raise InputError(str(error)) from error


def moment(given: str | None) -> datetime | None:
    """The moment that an option names, None where it names none.

    Raises:
        InputError: If it is no moment.
    """
    if given is None:
        return None
    try:
        found = datetime.fromisoformat(given)
    except ValueError as error:
        raise InputError(cli_text.text("bad_moment", given=given)) from error
    # A moment without a zone is meant as the office's clock.
    return found if found.tzinfo else found.replace(tzinfo=ZONE)
