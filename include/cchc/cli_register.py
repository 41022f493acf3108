"""``cchc register``: the workbook of registers issued, taken over, shown."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from cchc import cli_text, steps
from cchc.catalogue import regimes
from cchc.catalogue.registers import KEPT, NONE, text
from cchc.cli_base import AsOf, AuthorityCode, InputError, Json, answer, known_authority, moment, say

register = typer.Typer(help="Sổ theo dõi: công việc đột phá, khắc phục hạn chế, nợ đọng…", no_args_is_help=True)
Year = Annotated[str, typer.Option("--year", help="Năm của sổ, ví dụ 2023.")]
_DAY = "{0[2]}/{0[1]}/{0[0]}"


@register.command("template")
def template(
    authority: AuthorityCode, year: Year, out: Annotated[Path, typer.Option("--out", help="Tệp .xlsx sẽ ghi.")]
) -> None:
    """Lập Sổ theo dõi trống của một cơ quan cho một năm."""
    code, wanted = known_authority(authority), _year(year)
    steps.register_template(code, wanted, out)
    say(text("template_written", year=wanted, name=_name(code), path=out))


@register.command("import")
def import_(
    file: Path,
    received_at: Annotated[
        str | None, typer.Option("--received-at", help="Thời điểm nhận (ISO 8601); bỏ trống là hiện tại.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Nhập Sổ theo dõi. Mã thoát: 0 đã nhập, 1 có lỗi phải sửa."""
    steps.db_upgrade()
    try:
        done = steps.import_registers(file, moment(received_at))
    except OSError as error:
        raise InputError(text("cannot_open", path=file, reason=cli_text.reason(error))) from error
    answer(done, as_json, import_report)
    raise typer.Exit(0 if done["number"] else 1)


@register.command("show")
def show(authority: AuthorityCode, year: Year, as_of: AsOf = None, as_json: Json = False) -> None:
    """Xem Sổ theo dõi đang có hiệu lực."""
    code, wanted = known_authority(authority), _year(year)
    steps.db_upgrade()
    answer(steps.show_registers(code, wanted, moment(as_of)), as_json, show_report)


def import_report(done: dict[str, Any]) -> str:
    """What became of a workbook, for a person: first the outcome, then each remark with its place."""
    errors = sum(found["severity"] == "error" for found in done["findings"])
    facts = {**done, "errors": errors, "warnings": len(done["findings"]) - errors, "day": _day(done["received_at"])}
    facts["authority"] = _name(done["authority"])
    if done["already_imported"]:
        key = "imported_before" if done["number"] else "refused_before"
    else:
        key = "imported" if done["number"] else "refused"
    return "\n".join([text(key, **facts), *(_remark(found) for found in done["findings"])])


def show_report(found: dict[str, Any]) -> str:
    """The registers for a person, an entry a line."""
    facts = {**found, "authority": _name(found["authority"])}
    if not found["number"]:
        return text("show_none", **facts)
    lines = [text("show_title", **facts, day=_day(found["received_at"]), file=found["file_name"])]
    for item in found["registers"]:
        key = {KEPT: "show_register", NONE: "show_register_none"}.get(item["state"], "show_register_missing")
        lines += ["", text(key, sheet=item["sheet"], number=len(item["entries"]))]
        lines += [f"  {number}. {_line(entry)}" for number, entry in enumerate(item["entries"], start=1)]
    return "\n".join(lines)


def _line(entry: dict[str, Any]) -> str:
    told = [cell["raw"] for key, cell in entry["cells"].items() if key != "unit_code"]
    own = [entry["unit"]] if "unit_code" in entry["cells"] else []
    return " | ".join([*own, *told])


def _remark(found: dict[str, str]) -> str:
    place = f"{found['sheet']}!{found['cell']}" if found["cell"] else found["sheet"]
    severity = text(f"severity_{found['severity']}")
    return text("remark_line", severity=severity, place=f"{place}: " if place else "", **_words(found))


def _words(found: dict[str, str]) -> dict[str, str]:
    return {"message": found["message"], "fix": found["fix"]}


def _day(moment_text: str) -> str:
    return _DAY.format(moment_text[:10].split("-"))


def _name(code: str) -> str:
    try:
        return regimes.authority(code).body
    except KeyError:
        return code


def _year(given: str) -> int:
    if not (given.isdecimal() and len(given) == 4 and given.startswith("20")):
        raise InputError(text("wrong_year", found=given))
    return int(given)
