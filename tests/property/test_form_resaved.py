"""A form that went through another program, or into another container, reads the same."""

from __future__ import annotations

import shutil
import subprocess
import unicodedata
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from cchc.catalogue import periods, units
from cchc.model.observation import Observation
from cchc.model.submission import Reading
from cchc.parse import read
from cchc.sample.figures import figures
from cchc.sample.narratives import narrative
from cchc.template import issue
from tests.written import WRITERS, as_csv, as_html, cells

Q3 = periods.parse("2026-Q3")
THUONG_HONG = units.find("10993", Q3.window_to)
OFFICE = shutil.which("soffice")
SENDERS = [(unit, f"2026-{kind}") for unit in ("10993", "31-SNV", "31") for kind in ("H1", "Q3", "Y")]
NAMES = [f"{unit}_{period}" for unit, period in SENDERS]
MARKED = {"html", "csv", "docx", "xml"}
"""Read with the remark that they are no workbooks."""


def form(name: str) -> bytes:
    code, period_code = name.split("_")
    period = periods.parse(period_code)
    unit = units.find(code, period.window_to)
    own = figures(7, unit, period)
    return issue(unit, period, own, narrative(7, unit, period, own))


@pytest.fixture(scope="module")
def forms() -> dict[str, bytes]:
    """By file name without extension: every kind of sender, every kind of report."""
    return {name: form(name) for name in NAMES}


@pytest.fixture(scope="module")
def office(forms, tmp_path_factory):
    """The forms saved by LibreOffice, all of a container in one go."""
    folder = tmp_path_factory.mktemp("office")
    sources = []
    for name, data in forms.items():
        sources.append(folder / f"{name}.xlsx")
        sources[-1].write_bytes(data)
    done: dict[str, dict[str, bytes]] = {}

    def saved(extension: str) -> dict[str, bytes]:
        if extension not in done:
            convert(sources, folder, extension)
            done[extension] = {name: (folder / extension / f"{name}.{extension}").read_bytes() for name in forms}
        return done[extension]

    return saved


def convert(sources: list[Path], folder: Path, extension: str) -> None:
    subprocess.run(
        [OFFICE, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", extension, "--outdir",
         str(folder / extension), *map(str, sources)],
        check=True, capture_output=True, timeout=280,
    )  # fmt: skip


def told(observation: Observation) -> tuple:
    return (observation.indicator, observation.value, observation.state, observation.sheet, observation.cell)


def asked(reading: Reading) -> list[tuple]:
    return [told(o) for o in reading.observations if not o.computed]


def same(before: Reading, after: Reading, *, places: bool = True) -> None:
    """The same observations and words, from the same sender."""
    wide = None if places else 3
    assert [row[:wide] for row in asked(after)] == [row[:wide] for row in asked(before)]
    assert (after.unit, after.period, after.form) == (before.unit, before.period, before.form)
    assert [(n.section, n.text) for n in after.narratives] == [(n.section, n.text) for n in before.narratives]
    assert [issue.kind for issue in after.issues] == (["other_container"] if after.container in MARKED else [])


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("extension", ["xlsx", "ods", "xls", "html"])
def test_another_program_changes_nothing(forms, office, extension: str, name: str):
    after = read(office(extension)[name], f"{name}.{extension}")
    assert after.container == extension
    same(read(forms[name]), after)


@pytest.mark.parametrize("name", NAMES)
def test_openpyxl_changes_nothing(forms, name: str):
    out = BytesIO()
    load_workbook(BytesIO(forms[name])).save(out)
    same(read(forms[name]), read(out.getvalue(), f"{name}.xlsx"))


@pytest.mark.parametrize("name", NAMES)
def test_decomposed_unicode_changes_nothing_but_the_spelling(forms, name: str):
    book = load_workbook(BytesIO(forms[name]))
    for sheet in book:
        sheet.title = unicodedata.normalize("NFD", sheet.title)[:31]
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and not cell.value.startswith("="):
                    cell.value = unicodedata.normalize("NFD", cell.value)
    out = BytesIO()
    book.save(out)
    same(read(forms[name]), read(out.getvalue(), f"{name}.xlsx"), places=False)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("container", sorted(WRITERS))
def test_another_container_changes_nothing(forms, container: str, name: str):
    after = read(WRITERS[container](cells(forms[name])), f"{name}.xls")
    assert after.container == {"mhtml": "html"}.get(container, container)
    same(read(forms[name]), after, places=container in ("xml", "xlsb"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1258"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_in_any_encoding(forms, delimiter: str, encoding: str):
    same(read(forms[NAMES[0]]), read(as_csv(of_code_page(forms, encoding), delimiter, encoding)), places=False)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1258"])
def test_a_page_in_any_encoding(forms, encoding: str):
    same(read(forms[NAMES[0]]), read(as_html(of_code_page(forms, encoding), encoding)), places=False)


def of_code_page(forms, encoding: str) -> list:
    """The first form; in code page 1258 letters carry their tone mark behind them, and some signs are not there."""
    sheets = cells(forms[NAMES[0]])
    if encoding != "windows-1258":
        return sheets
    return [(spread(name), [[spread(v) if isinstance(v, str) else v for v in row] for row in rows])
            for name, rows in sheets]  # fmt: skip


_TONES = "\u0300\u0301\u0303\u0309\u0323"


def spread(text: str) -> str:
    letters = []
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        tones = [part for part in parts if part in _TONES]
        letters += [unicodedata.normalize("NFC", "".join(p for p in parts if p not in _TONES)), *tones]
    return "".join(letters).encode("cp1258", "replace").decode("cp1258")


def test_the_percentage_is_one_in_every_container(forms, office):
    """98,5% as a number with a percent format, which an .xlsx holds as 0.985."""
    book = load_workbook(BytesIO(forms[NAMES[0]]))
    sheet, cell = next((o.sheet, o.cell) for o in read(forms[NAMES[0]]).observations if o.indicator == "1.4.3")
    book[sheet][cell].value, book[sheet][cell].number_format = 0.985, "0.0%"
    out = BytesIO()
    book.save(out)
    found = {"xlsx": satisfaction(out.getvalue())}
    found["xlsb"] = satisfaction(WRITERS["xlsb"](cells(out.getvalue()), frozenset({(sheet, cell)})))
    found["html"] = satisfaction(as_html(cells(out.getvalue())).replace(b"0,985", b"98,5 %"))
    assert {key: str(value) for key, value in found.items()} == dict.fromkeys(found, "98.5")


def satisfaction(data: bytes):
    return next(o.value for o in read(data).observations if o.indicator == "1.4.3")


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_percent_errors_and_formulas_are_told_by_other_programs_too(forms, tmp_path: Path):
    book = load_workbook(BytesIO(forms[NAMES[0]]))
    place = {o.indicator: (o.sheet, o.cell) for o in read(forms[NAMES[0]]).observations}
    for code, value, shape in (("1.4.3", 0.985, "0.0%"), ("1.6.1", "=1/0", "0"), ("1.1.1", "=20+8", "0")):
        sheet, cell = place[code]
        book[sheet][cell].value, book[sheet][cell].number_format = value, shape
    source = tmp_path / "bieu.xlsx"
    book.save(source)
    for extension in ("xlsx", "ods", "xls", "html"):
        convert([source], tmp_path, extension)
        reading = read((tmp_path / extension / f"bieu.{extension}").read_bytes())
        seen = {o.indicator: o.value for o in reading.observations}
        assert (extension, str(seen["1.4.3"]), str(seen["1.1.1"]), seen["1.6.1"]) == (extension, "98.5", "28", None)
        errors = [(i.kind, i.sheet, i.cell, i.found) for i in reading.issues if i.indicator == "1.6.1"]
        assert errors == [("error_value", *place["1.6.1"], "#DIV/0!")], extension


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_the_form_computes_its_ratios_and_checks_itself(forms, office):
    own = figures(7, THUONG_HONG, Q3)
    after = read(office("xlsx")["10993_2026-Q3"])
    claims = {o.indicator: o.value for o in after.observations if o.computed}
    on_time = 100 * (own["3.4.6"] + own["3.4.7"]) / own["3.4.5"]
    assert abs(claims["3.4.12"] - on_time) < 10**-6
    assert claims["1.2.6"] is None or own["1.2.4"] != 0


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_a_formula_that_gives_nothing_is_no_zero_in_an_old_workbook(forms, tmp_path):
    book = load_workbook(BytesIO(forms["10993_2026-Q3"]))
    sheet = book["1. Chỉ đạo điều hành"]
    row = next(cells[1].row for cells in sheet.iter_rows() if cells[1].value == "1.6.1")
    sheet[f"E{row}"].value = f'=IF(J{row}="","",J{row})'
    source = tmp_path / "10993_2026-Q3.xlsx"
    book.save(source)
    convert([source], tmp_path, "xls")
    found = read((tmp_path / "xls" / "10993_2026-Q3.xls").read_bytes(), source.name)
    figure = next(o for o in found.observations if o.indicator == "1.6.1")
    assert (figure.value, figure.read_as) == (None, "not_read")
    assert [(i.kind, i.cell) for i in found.issues] == [("formula_without_value", f"E{row}")]
    no_whole = {"2.2.4", "2.3.5"}
    assert all(o.value is None for o in found.observations if o.indicator in no_whole)
