"""Templates of the written report: handed out to be edited in Word, taken back once they can be used."""

from __future__ import annotations

from pathlib import Path

from cchc import settings as environment
from cchc.steps.base import period_of


def export_mould(authority: str, period: str, out: Path) -> None:
    """Write the template that the authority's report of that period would be written in."""
    from cchc import report

    _, data = report.mould_of(environment.load().templates_dir, authority, period_of(period))
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(data)


def install_mould(file: Path, authority: str, period: str, *, level: bool = False) -> Path:
    """Take an edited template into use from the next report on; return where it lies.

    Args:
        file: The Word file.
        authority: Whose report it is for.
        period: A period of the kind it is for: the outline of a quarter or of a longer period.
        level: For every authority of the same level.

    Raises:
        OSError: If the file cannot be read.
        ValueError: If it cannot be used; a Vietnamese sentence that says why.
    """
    from cchc import report
    from cchc.report import mould

    data = file.read_bytes()
    mould.check(data, file.name)
    folder = environment.load().templates_dir
    name, _ = report.mould_of(folder, authority, period_of(period))
    if not level:
        name = f"bao-cao-{authority}-{name.rpartition('-')[2]}"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data)
    return folder / name


def check_mould(file: Path) -> None:
    """Say whether an edited template can be used.

    Raises:
        OSError: If the file cannot be read.
        ValueError: If it cannot be used; a Vietnamese sentence that says why.
    """
    from cchc.report import mould

    mould.check(file.read_bytes(), file.name)
