"""``cchc edition``: editions of consolidated reports listed, shown, compared, rebuilt, approved and sent."""

from __future__ import annotations

import getpass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from cchc import steps
from cchc.catalogue import periods
from cchc.catalogue.indicators import by_code
from cchc.catalogue.periods import ZONE
from cchc.cli_base import AuthorityCode, InputError, Json, PeriodCode, answer, known_authority, known_period, moment
from cchc.cli_text import text

edition = typer.Typer(help="Các lần tổng hợp của một báo cáo.", no_args_is_help=True)
Number = Annotated[int, typer.Option("--number", min=1, help="Lần tổng hợp.")]


class Status(StrEnum):
    """What a person can record of an edition."""

    APPROVED = "approved"
    SENT = "sent"


@edition.command("list")
def list_editions(
    authority: AuthorityCode,
    period: Annotated[str | None, typer.Option("--period", help="Mã kỳ; bỏ trống là mọi kỳ.")] = None,
    as_json: Json = False,
) -> None:
    """Liệt kê các lần tổng hợp, lần mới nhất trước."""
    code = known_period(period).code if period else None
    steps.db_upgrade()
    found = steps.editions(known_authority(authority), code)
    answer({"authority": authority, "period": code, "editions": found}, as_json, _listed)


@edition.command("show")
def show(authority: AuthorityCode, period: PeriodCode, number: Number, as_json: Json = False) -> None:
    """Một lần tổng hợp: bản gửi đã dùng, thay đổi so với lần trước, ai duyệt, ghi chú đính chính."""
    _run(lambda code: steps.edition_show(known_authority(authority), code, number), period, as_json, _shown)


@edition.command("diff")
def diff(
    authority: AuthorityCode,
    period: PeriodCode,
    number: Number,
    against: Annotated[
        int | None, typer.Option("--against", min=1, help="So với lần này; bỏ trống: lần trước.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Số liệu nào thay đổi giữa hai lần tổng hợp, do bản gửi nào, ô nào."""
    _run(lambda code: steps.edition_diff(known_authority(authority), code, number, against), period, as_json, _differs)


@edition.command("rebuild")
def rebuild(
    authority: AuthorityCode,
    period: PeriodCode,
    number: Number,
    out: Annotated[Path | None, typer.Option("--out", help="Thư mục sẽ ghi; bỏ trống: chỉ đối chiếu.")] = None,
    as_json: Json = False,
) -> None:
    """Dựng lại một lần tổng hợp đúng thời điểm của nó và đối chiếu SHA-256; mã thoát 1 nếu không giống tệp đã lưu."""
    found = _run(
        lambda code: steps.edition_rebuild(known_authority(authority), code, number, out), period, as_json, _rebuilt
    )
    if not all(found["identical"].values()):
        raise typer.Exit(1)


@edition.command("mark")
def mark(
    authority: AuthorityCode,
    period: PeriodCode,
    number: Number,
    status: Annotated[Status, typer.Option("--status", help="approved: đã duyệt; sent: đã gửi.")],
    by: Annotated[str | None, typer.Option("--by", help="Người ghi; bỏ trống là tài khoản đang dùng.")] = None,
    at: Annotated[str | None, typer.Option("--at", help="Thời điểm (ISO 8601); bỏ trống là hiện tại.")] = None,
    words: Annotated[str, typer.Option("--words", help="Ghi chú, ví dụ số văn bản.")] = "",
    as_json: Json = False,
) -> None:
    """Ghi rằng một lần tổng hợp đã được duyệt hoặc đã gửi."""
    when, who = moment(at), by or getpass.getuser()
    _run(
        lambda code: steps.edition_mark(known_authority(authority), code, number, status.value, who, when, words),
        period,
        as_json,
        _shown,
    )


def _run(step: Any, period: str, as_json: bool, render: Any) -> dict[str, Any]:
    code = known_period(period).code
    steps.db_upgrade()
    try:
        found: dict[str, Any] = step(code)
    except ValueError as error:
        raise InputError(str(error)) from error
    answer(found, as_json, render)
    return found


def _listed(document: dict[str, Any]) -> str:
    rows = [text("edition_line", **_about(row), notes=row["notes"]) for row in document["editions"]]
    return "\n".join(rows or [text("edition_none")])


def _shown(document: dict[str, Any]) -> str:
    lines = [text("edition_line", **_about(document), notes=len(document["notes"]))]
    for event in document["events"]:
        status = text(f"edition_{event['status']}")
        words = f" ({event['words']})" if event["words"] else ""
        lines.append(text("edition_event", status=status, at=_day(event["at"]), author=event["author"] or "—") + words)
    if document["changes"]:
        lines.append(_differs(document["changes"] | {"against": document["changes"]["previous"]}))
    lines += [text("edition_note", at=_day(note["as_of"]), figures=len(note["figures"])) for note in document["notes"]]
    return "\n".join(lines)


def _differs(document: dict[str, Any]) -> str:
    totals = [move for move in document["figures"] if move["scope"] == "total"]
    reason = text(f"edition_reason_{document['reason']}")
    lines = [text("edition_diff_head", against=document["against"], reason=reason, figures=len(document["figures"]))]
    for move in totals:
        sides = {key: _value(move[key]) for key in ("before", "after")}
        units = ", ".join(move["causes"]) or "—"
        flag = text("edition_material") if move["material"] else ""
        lines.append(
            text("edition_move", code=move["code"], name=by_code()[move["code"]].name, units=units, **sides) + flag
        )
    for cause in document["causes"]:
        about = {key: cause[key] for key in ("unit", "name", "version")} | {"file": cause["file_name"] or "—"}
        lines.append(text(f"edition_cause_{cause['kind']}", **about, cells=len(cause["cells"])))
        if cause["kind"] in ("version", "reread"):
            lines += [_cell(move) for move in cause["cells"]]
    return "\n".join(lines)


def _cell(move: dict[str, Any]) -> str:
    sides = {key: _value(move[key]) for key in ("before", "after")}
    return text("edition_cell", code=move["indicator"], place=f"{move['sheet']}!{move['cell']}", **sides)


def _rebuilt(document: dict[str, Any]) -> str:
    key = "edition_same" if all(document["identical"].values()) else "edition_differs"
    sums = [f"{kind}: {sha256}" for kind, sha256 in document["sha256"].items()]
    whence = text(f"edition_from_{document['from']}")
    return "\n".join([text(key, number=document["number"], whence=whence), *sums])


def _about(row: dict[str, Any]) -> dict[str, Any]:
    about = {key: row[key] for key in ("number", "reported", "expected", "figures")}
    label = periods.parse(row["period"]).label
    return {**about, "period": label, "status": text(f"edition_{row['status']}"), "as_of": _day(row["as_of"])}


def _day(moment_text: str) -> str:
    return datetime.fromisoformat(moment_text).astimezone(ZONE).strftime("%H:%M %d/%m/%Y")


def _value(value: str | None) -> str:
    return "—" if value is None else value.replace(".", ",")
