"""Makes the pictures of the consolidated report that the README and the guides show, ``docs/images/report-*.png``.

    .venv/bin/python scripts/make_report_pictures.py

It fills an installation of its own with a sample city and its history, lets one unit correct its report after the
first edition, writes the second edition, and prints it with LibreOffice (``soffice``) and poppler (``pdftoppm``,
``pdftotext``). Takes some minutes. Look at the pictures before you commit them.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
AUTHORITY, PERIOD, CORRECTED = "31", "2026-Q3", "10525"
LATER = "2026-09-12T09:30:00+07:00"
SEED, OTHER_SEED, HISTORY = 7, 8, 4
LARGEST = 150_000
"""Bytes of a picture."""
RESOLUTIONS = (90, 80, 72, 64, 56)


@dataclass(frozen=True)
class Picture:
    """Which page becomes a picture: the first that shows all of ``words``, ``skip`` pages on."""

    name: str
    kind: str
    words: tuple[str, ...]
    skip: int = 0


PICTURES = (
    Picture("report-page1", "docx", ("BÁO CÁO", "Độc lập - Tự do - Hạnh phúc")),
    Picture("report-page-middle", "docx", ("2. Cải cách thủ tục hành chính",)),
    Picture("report-signature", "docx", ("Nơi nhận:",)),
    Picture("report-annex-page", "docx", ("Phụ lục III",)),
    Picture("report-summary", "xlsx", ("TỔNG HỢP KẾT QUẢ",)),
    Picture("report-annex", "xlsx", ("PHỤ LỤC III.",)),
    Picture("report-units", "xlsx", ("SỐ LIỆU THEO ĐƠN VỊ",)),
    Picture("report-targets", "xlsx", ("KẾT QUẢ THỰC HIỆN MỤC TIÊU CẢI CÁCH HÀNH CHÍNH",)),
    Picture("report-comparison", "xlsx", ("SO SÁNH VỚI KỲ TRƯỚC",)),
    Picture("report-charts", "xlsx", ("BIỂU ĐỒ QUÝ III NĂM 2026",)),
    Picture("report-changes", "xlsx", ("NỘI DUNG THAY ĐỔI SO VỚI LẦN TỔNG HỢP TRƯỚC",)),
)


def main() -> None:
    """Write all pictures."""
    from cchc import settings
    from cchc.store import server

    with tempfile.TemporaryDirectory(prefix="cchc-") as scratch:
        home = Path(scratch, "home")
        os.environ["CCHC_HOME"] = str(home)
        try:
            files = _report(Path(scratch))
            pages = {kind: _pages(path, Path(scratch)) for kind, path in files.items()}
            for picture in PICTURES:
                _draw(picture, *pages[picture.kind])
        finally:
            server.stop(settings.load())


def _report(scratch: Path) -> dict[str, Path]:
    """The second edition of a sample quarter, by kind of file."""
    _cchc("db", "upgrade")
    folder = scratch / "sample"
    _sample(folder, SEED, "--history", str(HISTORY), "--late", "0.05", "--missing", "0.04", "--defects", "0.03")
    _receive(folder)
    _cchc("ingest")
    _consolidate(scratch / "first")
    _sample(scratch / "other", OTHER_SEED)
    _cchc("receive", str(scratch / "other" / f"{CORRECTED}_{PERIOD}.xlsx"), "--received-at", LATER)
    _cchc("ingest")
    return _consolidate(scratch / "second")


def _sample(folder: Path, seed: int, *more: str) -> None:
    whose = ("--authority", AUTHORITY, "--period", PERIOD)
    _cchc("sample", *whose, "--out", str(folder), "--seed", str(seed), *more)


def _receive(folder: Path) -> None:
    from cchc import steps

    for told in sorted(folder.rglob("manifest.json")):
        for file in json.loads(told.read_text(encoding="utf-8"))["files"]:
            steps.receive([told.parent / file["file"]], datetime.fromisoformat(file["received_at"]))


def _consolidate(folder: Path) -> dict[str, Path]:
    _cchc("consolidate", "--authority", AUTHORITY, "--period", PERIOD, "--out", str(folder))
    return {kind: next(folder.glob(f"*.{kind}")) for kind in ("xlsx", "docx")}


def _pages(path: Path, scratch: Path) -> tuple[Path, list[str]]:
    """The file as PDF and the text of each page."""
    folder = scratch / f"pdf-{path.suffix[1:]}"
    profile = f"-env:UserInstallation={(scratch / 'profile').as_uri()}"
    _run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(path))
    printed = folder / f"{path.stem}.pdf"
    told = _run("pdftotext", "-layout", str(printed), "-")
    return printed, [_plain(page) for page in told.split("\f")]


def _draw(picture: Picture, printed: Path, pages: Sequence[str]) -> None:
    wanted = [_plain(word) for word in picture.words]
    found = next((n for n, text in enumerate(pages, start=1) if all(word in text for word in wanted)), 0)
    if not found:
        raise SystemExit(f"{picture.name}: no page shows {picture.words}")
    page, target = str(found + picture.skip), IMAGES / picture.name
    for resolution in RESOLUTIONS:
        _run("pdftoppm", "-png", "-singlefile", "-r", str(resolution), "-f", page, str(printed), str(target))
        if target.with_suffix(".png").stat().st_size <= LARGEST:
            break
    size = target.with_suffix(".png").stat().st_size
    sys.stdout.write(f"{picture.name}: page {page}, {resolution} dpi, {size} bytes\n")


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text))


def _cchc(*words: str) -> None:
    _run(sys.executable, "-m", "cchc.cli", *words)


def _run(*command: str) -> str:
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)  # noqa: S603 - our own words
    return done.stdout


if __name__ == "__main__":
    main()
