"""``cchc layout``: the Word template of the written report handed out, checked, taken into use."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cchc import cli_text, steps
from cchc.cli_base import AuthorityCode, InputError, PeriodCode, known_authority, known_period, say

layout = typer.Typer(help="Mẫu Word của báo cáo tổng hợp.", no_args_is_help=True)
TemplateFile = Annotated[Path, typer.Argument(metavar="TỆP.docx")]


@layout.command("export")
def export(
    authority: AuthorityCode, period: PeriodCode, out: Annotated[Path, typer.Option("--out", help="Tệp .docx sẽ ghi.")]
) -> None:
    """Xuất mẫu đang dùng để sửa trong Word."""
    steps.export_mould(known_authority(authority), known_period(period).code, out)
    say(cli_text.text("layout_written", path=out))


@layout.command("check")
def check(file: TemplateFile) -> None:
    """Kiểm tra một mẫu đã sửa."""
    try:
        steps.check_mould(file)
    except (OSError, ValueError) as error:
        raise _refused(file, error) from error
    say(cli_text.text("layout_good", path=file))


@layout.command("use")
def use(
    file: TemplateFile,
    authority: AuthorityCode,
    period: PeriodCode,
    level: Annotated[bool, typer.Option("--level", help="Dùng cho mọi cơ quan cùng cấp.")] = False,
) -> None:
    """Dùng một mẫu đã sửa cho các báo cáo lập từ nay về sau."""
    try:
        place = steps.install_mould(file, known_authority(authority), known_period(period).code, level=level)
    except (OSError, ValueError) as error:
        raise _refused(file, error) from error
    say(cli_text.text("layout_used", path=place))


def _refused(file: Path, error: OSError | ValueError) -> InputError:
    if isinstance(error, OSError):
        return InputError(cli_text.text("layout_unreadable", path=file, reason=cli_text.reason(error)))
    return InputError(str(error))
