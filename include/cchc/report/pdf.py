"""Office files to PDF by LibreOffice, where there is one."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

TIMEOUT_SECONDS = 180


def write_pdf(source: Path, out: Path) -> Path | None:
    """Convert a workbook or document; None where LibreOffice is not installed or does not manage it.

    Each call has a user profile of its own, so that two of them can run at once.
    """
    office = shutil.which("soffice")
    if office is None:
        return None
    with tempfile.TemporaryDirectory(prefix="cchc-pdf-") as scratch:
        profile = f"-env:UserInstallation={Path(scratch, 'profile').as_uri()}"
        command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", scratch, str(source)]
        if not _run(command):
            return None
        made = Path(scratch, f"{source.stem}.pdf")
        if not made.exists():
            return None
        shutil.move(made, out)
    return out


def _run(command: list[str]) -> bool:
    try:
        done = subprocess.run(command, capture_output=True, timeout=TIMEOUT_SECONDS, check=False)  # noqa: S603 - fixed program
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0
