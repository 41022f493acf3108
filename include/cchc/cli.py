"""The command line ``cchc`` (contract: design, section 6). Results on stdout, everything else on stderr."""

from __future__ import annotations

import getpass
import json
import logging
import sys
import traceback
from datetime import datetime
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from cchc import cli_text, settings, steps
from cchc.catalogue import mail_texts, regimes, units
from cchc.catalogue.periods import ZONE
from cchc.cli_base import AsOf, AuthorityCode, InputError, Json, PeriodCode
from cchc.cli_base import answer as _answer
from cchc.cli_base import known_authority as _authority
from cchc.cli_base import known_period as _period
from cchc.cli_base import moment as _moment
from cchc.cli_base import say as _say
from cchc.cli_edition import edition
from cchc.cli_extract import extract
from cchc.cli_layout import layout
from cchc.cli_regime import regime
from cchc.cli_register import register

app = typer.Typer(
    name="cchc",
    help="Tổng hợp báo cáo cải cách hành chính: thu nhận, kiểm tra, nạp, tổng hợp.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
db = typer.Typer(help="Kho dữ liệu.", no_args_is_help=True)
app.add_typer(db, name="db")
contacts = typer.Typer(help="Danh bạ địa chỉ thư được gửi báo cáo.", no_args_is_help=True)
app.add_typer(contacts, name="contacts")
app.add_typer(register, name="register")
app.add_typer(regime, name="regime")
app.add_typer(layout, name="layout")
app.add_typer(edition, name="edition")
app.command()(extract)


@db.command("upgrade")
def db_upgrade() -> None:
    """Tạo hoặc nâng cấp kho dữ liệu và nạp danh mục."""
    done = steps.db_upgrade()
    _say(cli_text.text("db_upgraded", **done))


@app.command("units")
def list_units(
    authority: Annotated[
        str | None, typer.Option("--authority", help="Mã cơ quan tổng hợp; bỏ trống là tất cả.")
    ] = None,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Liệt kê các đơn vị phải báo cáo."""
    moment = _moment(as_of) or datetime.now(ZONE)
    wanted = [_authority(authority)] if authority else sorted(regimes.authorities(moment.date()))
    found = [unit for code in wanted for unit in units.units_of(code, moment.date())]
    rows = [cli_text.unit_row(unit) for unit in found]
    _answer({"authority": authority, "as_of": moment.isoformat(), "units": rows}, as_json, cli_text.unit_list)


@app.command()
def template(
    unit: Annotated[str, typer.Option("--unit", help="Mã đơn vị, ví dụ 10993.")],
    period: PeriodCode,
    out: Annotated[Path, typer.Option("--out", help="Tệp .xlsx sẽ ghi.")],
) -> None:
    """Phát hành biểu mẫu của một đơn vị cho một kỳ."""
    from cchc import template as forms_out

    wanted = _period(period)
    owner = units.find(unit, wanted.window_to)
    if owner is None:
        raise InputError(cli_text.text("unknown_unit", unit=unit))
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(forms_out.issue(owner, wanted))
    _say(cli_text.text("template_written", name=owner.name, label=wanted.label, path=out))


@app.command()
def check(file: Path, as_json: Json = False) -> None:
    """Kiểm tra một tệp, không cần kho dữ liệu. Mã thoát: 0 chấp nhận được, 1 có lỗi phải sửa, 2 không đọc được."""
    try:
        judged = steps.check(file)
    except OSError as error:
        raise InputError(cli_text.text("cannot_open", path=file, reason=cli_text.reason(error))) from error
    _answer(cli_text.check_document(judged), as_json, cli_text.check_report)
    raise typer.Exit(cli_text.check_exit_code(judged))


@app.command("return")
def return_(
    file: Path,
    out: Annotated[Path, typer.Option("--out", help="Thư mục sẽ ghi.")],
    as_json: Json = False,
) -> None:
    """Đánh dấu những chỗ cần sửa ngay trong tệp và lập phiếu, không cần kho dữ liệu. Mã thoát như lệnh check."""
    try:
        done = steps.mark(file, out)
    except OSError as error:
        raise InputError(
            cli_text.text("cannot_open", path=error.filename or file, reason=cli_text.reason(error))
        ) from error
    _answer(done, as_json, cli_text.return_report)
    raise typer.Exit(cli_text.exit_code(done["verdict"]))


@app.command()
def receive(
    files: list[Path],
    received_at: Annotated[str | None, typer.Option(help="Thời điểm nhận (ISO 8601); bỏ trống là hiện tại.")] = None,
) -> None:
    """Đưa tệp vào hộp thư đến như kênh thư mục."""
    for file in files:
        if not file.is_file():
            raise InputError(cli_text.text("cannot_open", path=file, reason=cli_text.text("no_such_file")))
    taken = steps.receive(files, _moment(received_at))
    _say(cli_text.text("received", number=len(taken)))


@app.command()
def ingest(as_json: Json = False) -> None:
    """Thu nhận, đọc, kiểm tra và nạp mọi tệp đang chờ."""
    steps.db_upgrade()
    _answer(steps.ingest(), as_json, cli_text.ingest_report)


@app.command("data-docs")
def data_docs(period: PeriodCode) -> None:
    """Lập trang Data Docs của Great Expectations cho các bản đang được tính của một kỳ."""
    wanted = _period(period)
    steps.db_upgrade()
    typer.echo(steps.data_docs(period=wanted.code))


@app.command()
def status(authority: AuthorityCode, period: PeriodCode, as_of: AsOf = None, as_json: Json = False) -> None:
    """Tình hình nộp báo cáo của một kỳ."""
    wanted = _period(period)
    steps.db_upgrade()
    found = steps.status(_authority(authority), wanted.code, _moment(as_of))
    _answer(found, as_json, cli_text.status_report)


@app.command()
def consolidate(
    authority: AuthorityCode,
    period: PeriodCode,
    out: Annotated[Path, typer.Option("--out", help="Thư mục sẽ ghi.")],
    as_of: AsOf = None,
    carry_forward: Annotated[
        bool,
        typer.Option(
            "--carry-forward",
            help="Thêm cột riêng: số liệu thời điểm nếu tính cả đơn vị chưa nộp, lấy từ kỳ trước cùng năm.",
        ),
    ] = False,
    extracts: Annotated[bool, typer.Option("--extracts", help="Kèm tệp nén bản trích xuất của từng đơn vị.")] = False,
    as_json: Json = False,
) -> None:
    """Tổng hợp một kỳ và xuất báo cáo (xlsx, docx, pdf)."""
    wanted = _period(period)
    steps.db_upgrade()
    options = {"carry_forward": carry_forward, "extracts": extracts}
    known, at = _authority(authority), _moment(as_of)
    try:
        found = steps.consolidate(known, wanted.code, out, at, **options)
    except ValueError as error:
        raise InputError(str(error)) from error
    _answer(found, as_json, cli_text.consolidate_report)


@app.command()
def explain(
    target: Annotated[str, typer.Argument(metavar="ĐƠN_VỊ_HOẶC_TỆP")],
    text: Annotated[str, typer.Argument(metavar="LỜI_GIẢI_TRÌNH")],
    period: PeriodCode,
    rule: Annotated[str, typer.Option("--rule", help="Mã quy tắc của cảnh báo, ví dụ x06.")],
    indicator: Annotated[str, typer.Option("--indicator", help="Mã chỉ tiêu, khi cảnh báo nằm ở nhiều chỉ tiêu.")] = "",
    author: Annotated[str | None, typer.Option("--author", help="Người ghi; bỏ trống là tài khoản đang dùng.")] = None,
    as_json: Json = False,
) -> None:
    """Ghi lời giải trình cho một cảnh báo; lời đó giữ nguyên khi quy tắc, chỉ tiêu và số liệu không đổi."""
    wanted = _period(period)
    steps.db_upgrade()
    try:
        found = steps.explain(target, wanted.code, rule, text, author or getpass.getuser(), indicator)
    except ValueError as error:
        raise InputError(str(error)) from error
    _answer(found, as_json, cli_text.explained_report)


@app.command()
def reparse(
    period: Annotated[str | None, typer.Option("--period", help="Mã kỳ; bỏ trống là mọi kỳ.")] = None,
    authority: Annotated[
        str | None, typer.Option("--authority", help="Mã cơ quan tổng hợp; bỏ trống là tất cả.")
    ] = None,
    apply: Annotated[bool, typer.Option("--apply", help="Ghi kết quả đọc lại; không có là chỉ báo cáo.")] = False,
    out: Annotated[Path | None, typer.Option("--out", help="Tệp .xlsx ghi báo cáo thay đổi.")] = None,
    as_json: Json = False,
) -> None:
    """Đọc lại các tệp đã nhận bằng bộ đọc và bộ quy tắc hiện tại; báo trước những gì sẽ thay đổi."""
    wanted = _period(period).code if period else None
    whose = _authority(authority) if authority else None
    steps.db_upgrade()
    _answer(steps.reparse(wanted, whose, apply, out), as_json, cli_text.reparse_report)


@app.command()
def trace(file: Path, address: str, as_json: Json = False) -> None:
    """Truy nguồn một số liệu đã in, ví dụ: cchc trace bao-cao.xlsx '3. Thủ tục hành chính!E12'."""
    from cchc import report

    try:
        found = report.trace(file, address)
    except ValueError as error:
        raise InputError(str(error)) from error
    _answer(found, as_json, cli_text.trace_report)


@app.command()
def sample(
    authority: AuthorityCode,
    period: PeriodCode,
    out: Annotated[Path, typer.Option("--out", help="Thư mục sẽ ghi.")],
    seed: Annotated[int, typer.Option(help="Số gieo: cùng số gieo cho cùng dữ liệu.")] = 7,
    defects: Annotated[float, typer.Option(min=0, max=1, help="Tỷ lệ tệp có lỗi.")] = 0.0,
    late: Annotated[float, typer.Option(min=0, max=1, help="Tỷ lệ nộp muộn.")] = 0.0,
    missing: Annotated[float, typer.Option(min=0, max=1, help="Tỷ lệ không nộp.")] = 0.0,
    history: Annotated[int, typer.Option(min=0, max=8, help="Số kỳ trước cùng được tạo.")] = 0,
    suspects: Annotated[float, typer.Option(min=0, max=1, help="Tỷ lệ báo cáo đáng ngờ khi so với nhau.")] = 0.0,
) -> None:
    """Tạo dữ liệu mẫu: báo cáo của mọi đơn vị, kèm manifest.json nêu từng lỗi, từng điểm đáng ngờ đã cài."""
    from cchc import sample as samples

    wanted = _period(period)
    made = samples.city(_authority(authority), wanted, out, seed, defects, late, missing, history, suspects)
    _say(cli_text.text("sample_written", number=len(made["files"]), missing=len(made["missing"]), path=out))


@contacts.command("import")
def import_contacts(file: Path) -> None:
    """Nhập danh bạ từ tệp CSV có hai cột «mã đơn vị», «địa chỉ»; địa chỉ cũ của các đơn vị có tên được thay."""
    steps.db_upgrade()
    try:
        done = steps.import_contacts(file)
    except OSError as error:
        raise InputError(cli_text.text("cannot_open", path=file, reason=cli_text.reason(error))) from error
    except ValueError as error:
        raise InputError(str(error)) from error
    _say(mail_texts.text("contacts_imported", **done))


@contacts.command("list")
def list_contacts(as_json: Json = False) -> None:
    """Liệt kê danh bạ."""
    steps.db_upgrade()
    _answer({"contacts": steps.list_contacts()}, as_json, cli_text.contact_list)


@app.command()
def send(as_json: Json = False) -> None:
    """Gửi biên nhận và tệp trả lại cho các đơn vị có địa chỉ trong danh bạ."""
    steps.db_upgrade()
    try:
        done = steps.send()
    except (steps.MailError, ValueError) as error:
        raise InputError(str(error)) from error
    if done is None:
        raise InputError(mail_texts.text("mail_not_configured"))
    _answer(done, as_json, cli_text.send_report)


@app.command()
def grant(username: str, authority: str) -> None:
    """Cho một người dùng cổng thông tin xem số liệu của một cơ quan tổng hợp."""
    steps.db_upgrade()
    steps.grant(username, _authority(authority))
    _say(cli_text.text("granted", username=username, authority=authority))


@app.command()
def revoke(username: str, authority: str) -> None:
    """Thôi cho một người dùng xem số liệu của một cơ quan tổng hợp."""
    steps.db_upgrade()
    steps.revoke(username, _authority(authority))
    _say(cli_text.text("revoked", username=username, authority=authority))


def main() -> None:
    """Entry of the console script: what went wrong is said in one sentence; a traceback goes to a file.

    Exit code 2 where the caller's input cannot be used, 3 where the fault is ours.
    """
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    try:
        app()
    except InputError as error:
        _fail(str(error), 2)
    except Exception as error:
        _fail(cli_text.text("our_fault", kind=type(error).__name__, path=_keep_traceback()), 3)


def _fail(sentence: str, code: int) -> NoReturn:
    """Say what went wrong, to a program as a JSON document of its own, and leave."""
    _say(sentence)
    if "--json" in sys.argv:
        typer.echo(json.dumps({"error": sentence}, ensure_ascii=False))
    sys.exit(code)


def _keep_traceback() -> Path:
    """Append the traceback at hand to the installation's log; return its path."""
    log = settings.load().run_dir / "cchc.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("a", encoding="utf-8") as handle:
        handle.write(f"{' '.join(sys.argv)}\n{traceback.format_exc()}\n")
    return log


if __name__ == "__main__":
    main()
