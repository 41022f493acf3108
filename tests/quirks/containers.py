"""The same workbook in other containers: by LibreOffice where it writes them, else as offices' systems do."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from html import escape
from pathlib import Path
from typing import Any

import docx
from openpyxl import load_workbook

OFFICE = shutil.which("soffice")
BY_OFFICE = ("xls", "ods")


def by_office(workbooks: Mapping[str, bytes], container: str, folder: Path) -> dict[str, bytes]:
    """Convert every workbook in a single run of LibreOffice."""
    sources, out = folder / "in", folder / container
    sources.mkdir(parents=True)
    for name, data in workbooks.items():
        (sources / f"{name}.xlsx").write_bytes(data)
    command = [OFFICE, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", container]
    files = [str(sources / f"{name}.xlsx") for name in workbooks]
    subprocess.run([*command, "--outdir", str(out), *files], check=True, capture_output=True, timeout=280)
    return {name: (out / f"{name}.{container}").read_bytes() for name in workbooks}


def by_hand(data: bytes, container: str) -> bytes:
    """The workbook's sheets as tables of text, numbers in Vietnamese notation."""
    tables = list(_tables(data))
    return {"html": _html, "docx": _docx, "csv": _csv}[container](tables)


Table = tuple[str, list[list[str]]]


def _tables(data: bytes) -> list[Table]:
    book = load_workbook(io.BytesIO(data))
    return [(sheet.title, [[_shown(cell) for cell in row] for row in sheet.iter_rows()]) for sheet in book]


def _shown(cell: Any) -> str:
    value = cell.value
    if value is None or isinstance(value, str) and value.startswith("="):
        return ""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, (int, float, Decimal)):
        hundred = 100 if "%" in cell.number_format else 1
        number = f"{Decimal(str(value)) * hundred:f}"
        number = number.rstrip("0").rstrip(".") if "." in number else number
        return number.replace(".", ",") + ("%" if hundred > 1 else "")
    return str(value)


def _html(tables: list[Table]) -> bytes:
    body = "".join(
        f"<h2>{escape(name)}</h2><table border=1>"
        + "".join(f"<tr>{''.join(f'<td>{escape(text)}</td>' for text in row)}</tr>" for row in rows)
        + "</table>"
        for name, rows in tables
    )
    return f'<html><head><meta charset="utf-8"></head><body>{body}</body></html>'.encode()


def _docx(tables: list[Table]) -> bytes:
    document = docx.Document()
    for name, rows in tables:
        document.add_heading(name, 2)
        table = document.add_table(len(rows), max(map(len, rows)))
        for line, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(line.cells, texts, strict=False):
                if text:
                    cell.text = text
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def _csv(tables: list[Table]) -> bytes:
    kept = io.StringIO()
    writer = csv.writer(kept, delimiter=";", lineterminator="\r\n")
    for _, rows in tables:
        writer.writerows(rows)
        writer.writerow([])
    return kept.getvalue().encode("utf-8-sig")
