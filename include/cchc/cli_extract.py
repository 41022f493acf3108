"""``cchc extract``: the unit's own page as a workbook."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from cchc import cli_text, steps
from cchc.catalogue import periods
from cchc.cli_base import (
    AsOf,
    AuthorityCode,
    InputError,
    Json,
    PeriodCode,
    answer,
    known_authority,
    known_period,
    moment,
)


def extract(
    authority: AuthorityCode,
    period: PeriodCode,
    out: Annotated[Path, typer.Option("--out", help="Thư mục sẽ ghi.")],
    unit: Annotated[str | None, typer.Option("--unit", help="Mã đơn vị, ví dụ 10993.")] = None,
    all_units: Annotated[bool, typer.Option("--all", help="Mọi đơn vị phải nộp báo cáo.")] = False,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Trích xuất số liệu của đơn vị bên cạnh mục tiêu, trung vị đơn vị cùng loại, kỳ trước, để gửi lại đơn vị."""
    code, wanted = known_authority(authority), known_period(period)
    if bool(unit) == all_units:
        raise InputError(cli_text.text("extract_one_or_all"))
    steps.db_upgrade()
    try:
        done = steps.extract(code, wanted.code, out, unit, moment(as_of))
    except LookupError as error:
        facts = {"unit": unit, "authority": code, "period": wanted.label, "code": wanted.code}
        raise InputError(cli_text.text("extract_no_unit", **facts)) from error
    answer(done, as_json, report)


def report(document: dict[str, Any]) -> str:
    """Where the extracts lie, for a person."""
    facts = {"period": periods.parse(document["period"]).label, "number": len(document["files"])}
    head = cli_text.text("extracted", **facts, **{key: document[key] for key in ("edition", "authority")})
    return "\n".join([head, *(cli_text.text("extracted_line", **file) for file in document["files"])])
