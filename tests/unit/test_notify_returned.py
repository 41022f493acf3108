"""The returned workbook: the sender's own file in every respect but the marks, and nothing in it can act."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName

from cchc import parse
from cchc.catalogue import periods, units
from cchc.catalogue.notify_texts import MARKER
from cchc.catalogue.rules import rules
from cchc.model.finding import Finding, Severity
from cchc.model.submission import Explanation, Judged, Reading, Verdict
from cchc.notify import office, returned_workbook
from cchc.notify.looks import CRITICAL, MARKS, RELATED, WARNING
from cchc.sample.figures import figures
from cchc.template import issue

Q3 = periods.parse("2026-Q3")
UNIT = units.find("10993", Q3.window_to)
AREA = "3. Thủ tục hành chính"
RULE = "a01_dossiers_received_by_channel"
WRONG = Finding(RULE, Severity.CRITICAL, AREA, "E6", "3.4.1", "1.043", "1.050", "Cộng sai.", "Cộng lại.")
DOUBT = Finding("x06_jump", Severity.WARNING, AREA, "E10", "3.4.5", "989", "từ 300 đến 900", "Tăng mạnh.", "Xem lại.")


def sent(change=lambda book: None) -> bytes:
    book = load_workbook(BytesIO(issue(UNIT, Q3, figures(7, UNIT, Q3))), rich_text=True)
    change(book)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def judged(data: bytes, *findings: Finding) -> Judged:
    verdict = Verdict.REJECTED if any(f.severity == "critical" for f in findings) else Verdict.ACCEPTED_WITH_WARNINGS
    return Judged(parse.read(data), verdict, findings)


def back(data: bytes, *findings: Finding):
    return load_workbook(BytesIO(returned_workbook(data, judged(data, *findings))), rich_text=True)


def listed(book) -> list[dict[str, str]]:
    rows = list(book["Cần sửa"].iter_rows())
    head = next(n for n, row in enumerate(rows) if row[0].value == "STT")
    names = [cell.value for cell in rows[head]]
    return [{name: cell.value for name, cell in zip(names, row, strict=True)} for row in rows[head + 1 :]]


def whole_look(sheet) -> dict[str, object]:
    """All that a sheet is apart from its cells; the print area may have grown by the column of the markers."""
    checks = [(str(r.sqref), r.type, r.formula1, r.error) for r in sheet.data_validations.dataValidation]
    colours = [(str(area.sqref), [rule.formula for rule in area.rules]) for area in sheet.conditional_formatting]
    widths = {letter: (column.width, column.hidden) for letter, column in sheet.column_dimensions.items()}
    widths.pop("G", None), widths.pop("D", None)
    return {
        "widths": widths,
        "heights": {row: (shape.height, shape.hidden) for row, shape in sheet.row_dimensions.items()},
        "merged": sorted(str(area) for area in sheet.merged_cells.ranges),
        "entry": checks,
        "colours": colours,
        "protected": (sheet.protection.sheet, sheet.protection.formatColumns),
        "paper": (sheet.page_setup.paperSize, sheet.page_setup.orientation, sheet.page_setup.fitToHeight),
        "margins": (sheet.page_margins.left, sheet.page_margins.top, sheet.oddFooter.right.text),
        "panes": (sheet.freeze_panes, sheet.print_title_rows),
        "state": sheet.sheet_state,
    }


def look(cell) -> tuple:
    style = (cell.font, cell.fill, cell.border, cell.alignment, cell.number_format, cell.protection)
    return (cell.value, cell.comment and cell.comment.text, *map(repr, style))


def test_untouched_cells_sheets_and_print_set_up_are_as_they_were():
    def touched(book):
        book[AREA].sheet_properties.tabColor = "FF0000"
        book[AREA]["F9"].value = CellRichText("theo ", TextBlock(InlineFont(b=True), "QĐ 39"))
        book["2. Thể chế"].column_dimensions["C"].hidden = True
        book["2. Thể chế"].row_dimensions[9].height = 77
        book.defined_names["cua_toi"] = DefinedName("cua_toi", attr_text="'2. Thể chế'!$E$6")

    data = sent(touched)
    before, after = load_workbook(BytesIO(data), rich_text=True), back(data, WRONG, DOUBT)
    assert after.sheetnames == ["Cần sửa", *before.sheetnames]
    assert after.defined_names["cua_toi"].attr_text == "'2. Thể chế'!$E$6"
    for sheet in before.worksheets:
        assert whole_look(after[sheet.title]) == whole_look(sheet)
        for row in sheet.iter_rows():
            for cell in row:
                other = after[sheet.title][cell.coordinate]
                if other.fill.fgColor.rgb not in MARKS:
                    assert look(other) == look(cell), (sheet.title, cell.coordinate)


def test_a_marked_cell_keeps_all_but_its_fill_and_lock():
    data = sent()
    before, after = load_workbook(BytesIO(data))[AREA], back(data, WRONG, DOUBT)[AREA]
    for cell, color in (("E6", CRITICAL), ("E10", WARNING), ("E7", RELATED)):
        assert after[cell].fill.fgColor.rgb == color
        kept = ("value", "number_format", "font", "border", "alignment")
        assert [repr(getattr(after[cell], name)) for name in kept] == [
            repr(getattr(before[cell], name)) for name in kept
        ]


def test_the_comment_says_what_where_and_how_and_is_as_large_as_its_text():
    text = back(sent(), WRONG)[AREA]["E6"].comment.text
    for words in ("LỖI PHẢI SỬA (số 1", "Cộng sai.", "Đang ghi: 1.043", "Yêu cầu: 1.050", "Cách sửa: Cộng lại."):
        assert words in text
    data = sent()
    with ZipFile(BytesIO(returned_workbook(data, judged(data, WRONG)))) as archive:
        drawing = next(archive.read(n).decode() for n in archive.namelist() if n.endswith(".vml"))
    heights = [float(h) for h in re.findall(r"height:([0-9.]+)px", drawing)]
    assert heights and min(heights) > 79  # more than a library's box of one line


def test_what_the_sender_wrote_into_comments_stays():
    data = sent(lambda book: setattr(book[AREA]["E6"], "comment", Comment("Hỏi lại chị Lan", "Lan")))
    comment = back(data, WRONG)[AREA]["E6"].comment
    assert comment.text.startswith("Hỏi lại chị Lan\n") and "Cộng sai." in comment.text and comment.author == "Lan"


def test_the_list_names_everything_the_worst_first():
    first, second = listed(back(sent(), DOUBT, WRONG))
    assert (first["STT"], first["Mức độ"], first["Vị trí"]) == (1, "LỖI PHẢI SỬA", f"{AREA}!E6")
    assert (first["Mã chỉ tiêu"], first["Vấn đề"], first["Đang ghi"]) == ("3.4.1", "Cộng sai.", "1.043")
    assert (first["Yêu cầu"], first["Cách sửa"], first["Mã quy tắc"]) == ("1.050", "Cộng lại.", WRONG.rule)
    assert (second["STT"], second["Mức độ"], second["Giải trình"]) == (2, "CẢNH BÁO", None)
    assert first["Tên chỉ tiêu"].startswith("Số hồ sơ nhận giải quyết")


def test_links_lead_to_the_cell_the_sheet_or_nowhere():
    of_sheet = replace(WRONG, rule="s20_row_missing", cell="", indicator="3.4.2")
    of_file = replace(WRONG, rule="s18_sheet_missing", sheet="", cell="", indicator="")
    sheet = back(sent(), WRONG, of_sheet, of_file)["Cần sửa"]
    links = {cell.value: cell.hyperlink for row in sheet.iter_rows(min_col=3, max_col=3) for cell in row}
    assert links[f"{AREA}!E6"].location == f"'{AREA}'!E6" and links[f"{AREA}!E6"].target is None
    assert links[AREA].location == f"'{AREA}'!A1"
    assert links["Toàn tệp"] is None
    # Not beside the link: LibreOffice shows a linked cell in one line and would cut it off.
    missing = next(line for line in listed(back(sent(), of_sheet)) if line["Vị trí"] == AREA)
    assert missing["Cách sửa"].endswith(" Đặt dòng đó sau dòng có mã 3.4.1.")


def test_a_text_that_looks_like_an_error_is_shown_as_text():
    said = back(sent(), replace(WRONG, found="#REF!"))["Cần sửa"]
    assert [cell.data_type for row in said.iter_rows() for cell in row if cell.value == "#REF!"] == ["s"]


def test_a_sheet_s_name_is_quoted_in_links_and_a_hidden_sheet_stays_hidden_but_is_named():
    def odd(book):
        book[AREA].title = "3. Thủ tục 'mới'"
        book["2. Thể chế"].sheet_state = "hidden"

    book = back(sent(odd), replace(WRONG, sheet="3. Thủ tục 'mới'"), replace(WRONG, sheet="2. Thể chế"))
    rows = [row[2] for row in book["Cần sửa"].iter_rows(min_row=8)]
    assert rows[0].hyperlink.location == "'3. Thủ tục ''mới'''!E6"
    assert rows[1].value == "2. Thể chế!E6\n(trang đang bị ẩn)" and rows[1].hyperlink is None
    assert book["2. Thể chế"].sheet_state == "hidden"


@pytest.mark.parametrize("hostile", ["=1+1", "+1", "-1", "@SUM(1)", '=HYPERLINK("http://x","y")', "=cmd|' /C calc'!A0"])
def test_text_of_a_file_never_turns_into_a_formula(hostile):
    nasty = replace(WRONG, found=hostile, expected=hostile, message=hostile, fix=hostile)
    data = sent()
    for sheet in back(data, nasty, replace(nasty, rule=hostile, sheet="", cell="")).worksheets[:1]:
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == hostile]
        assert len(cells) == 9 and {cell.data_type for cell in cells} == {"s"}
        assert all(cell.quotePrefix for cell in cells)


def test_what_cannot_be_shown_is_left_out_and_what_is_too_long_is_cut():
    odd = replace(WRONG, found="a\x00\x1b\u202eb\ufffe", message="dài " * 5000)
    row = listed(back(sent(), odd))[0]
    assert row["Đang ghi"] == "ab" and len(row["Vấn đề"]) == 600 and row["Vấn đề"].endswith("…")


def test_the_same_file_gives_the_same_bytes_and_no_clock():
    data = sent()
    one, two = (returned_workbook(data, judged(data, WRONG, DOUBT)) for _ in range(2))
    assert one == two
    with ZipFile(BytesIO(one)) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}


def test_the_list_opens_first_alone_and_prints_on_a4_across():
    book = back(sent(), WRONG)
    assert book.active.title == "Cần sửa"
    assert [sheet.title for sheet in book.worksheets if sheet.sheet_view.tabSelected] == ["Cần sửa"]
    sheet = book["Cần sửa"]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToWidth) == (
        "landscape",
        9,
        1,
    )
    assert sheet.freeze_panes == "A8" and sheet.auto_filter.ref == "A7:K8" and sheet.print_title_rows == "$7:$7"


def test_a_second_return_forgets_the_first():
    data = sent(lambda book: setattr(book[AREA]["E6"], "comment", Comment("Hỏi lại chị Lan", "Lan")))
    first = returned_workbook(data, judged(data, WRONG))
    book = back(first, DOUBT)
    area, own = book[AREA], load_workbook(BytesIO(data))[AREA]
    assert book.sheetnames.count("Cần sửa") == 1 and [row["Vấn đề"] for row in listed(book)] == ["Tăng mạnh."]
    for cell in ("E6", "E7", "E8", "E9"):
        assert area[cell].fill.fgColor.rgb == own[cell].fill.fgColor.rgb
    assert area["E6"].comment.text == "Hỏi lại chị Lan" and area["E7"].comment is None
    assert [c.coordinate for row in area.iter_rows() for c in row if str(c.value).startswith(MARKER)] == ["G10"]


def test_a_mark_lands_on_the_first_of_merged_cells():
    def merged(book):
        book[AREA].merge_cells("E10:E11")

    book = back(sent(merged), replace(DOUBT, cell="E11"))
    assert "Tăng mạnh." in book[AREA]["E10"].comment.text and book[AREA]["E10"].fill.fgColor.rgb == WARNING


def test_results_of_formulas_come_through():
    data = sent(lambda book: setattr(book[AREA]["E17"], "value", "=E11+E12"))
    # A spreadsheet program saves results beside formulas; written by hand here, where there is none.
    with ZipFile(BytesIO(data)) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    name = "xl/worksheets/sheet4.xml"
    assert b"<f>E11+E12</f>" in parts[name]
    parts[name] = re.sub(rb"<f>E11\+E12</f><v ?/?>(?:</v>)?", b"<f>E11+E12</f><v>978.5</v>", parts[name])
    out = BytesIO()
    with ZipFile(out, "w") as target:
        for part, content in parts.items():
            target.writestr(part, content)
    made = returned_workbook(out.getvalue(), judged(out.getvalue(), WRONG))
    assert load_workbook(BytesIO(made))[AREA]["E17"].value == "=E11+E12"
    assert load_workbook(BytesIO(made), data_only=True)[AREA]["E17"].value == 978.5


def test_formulas_over_other_files_keep_their_result_and_lose_the_link():
    def linked(book):
        book[AREA]["E6"].value = "=[1]Sheet1!A1"
        book.defined_names["ngoai"] = DefinedName("ngoai", attr_text="[1]Sheet1!$A$1")

    book = back(sent(linked), DOUBT)
    assert book[AREA]["E6"].value is None and "[1]Sheet1!A1" in book[AREA]["E6"].comment.text
    assert "ngoai" not in book.defined_names


def test_a_file_that_could_not_be_read_goes_back_in_no_form():
    assert returned_workbook(b"x", Judged(Reading("0" * 64, readable=False), Verdict.UNREADABLE)) is None


@pytest.mark.parametrize("data", [b"<table><tr><td>x</td></tr></table>", b"PK broken", b"a;b\r\n1;2\r\n"])
def test_where_the_file_cannot_be_written_back_what_was_read_is(data):
    values = {"Bảng [1]": {"B2": "=1+1", "E12": 12.5, "A1": "Mã số"}}
    finding = replace(WRONG, sheet="Bảng [1]", cell="E12")
    told = Judged(Reading("0" * 64, readable=True), Verdict.REJECTED, (finding,))
    book = load_workbook(BytesIO(returned_workbook(data, told, lambda: values)))
    sheet = book.worksheets[1]
    assert (sheet["B2"].value, sheet["B2"].data_type, sheet["E12"].value) == ("=1+1", "s", 12.5)


@pytest.mark.skipif(not __import__("shutil").which("soffice"), reason="LibreOffice is not installed")
def test_an_old_container_is_converted_with_its_addresses(tmp_path):
    import subprocess

    (tmp_path / "a.xlsx").write_bytes(sent())
    order = ["soffice", f"-env:UserInstallation=file://{tmp_path}/p", "--headless", "--convert-to", "ods", "a.xlsx"]
    subprocess.run(order, check=True, capture_output=True, timeout=120, cwd=tmp_path)
    data = (tmp_path / "a.ods").read_bytes()
    book = back(data, WRONG)
    assert book[AREA]["E6"].fill.fgColor.rgb == CRITICAL and book[AREA]["C6"].value.startswith("Số hồ sơ nhận")


def test_without_an_office_program_an_old_container_still_goes_back(monkeypatch):
    monkeypatch.setattr(office.shutil, "which", lambda _: None)
    told = Judged(Reading("0" * 64, readable=True), Verdict.REJECTED, (replace(WRONG, sheet="T", cell="A1"),))
    made = returned_workbook(b"\xd0\xcf\x11\xe0 old", told, lambda: {"T": {"A1": 5}})
    assert load_workbook(BytesIO(made))["T"]["A1"].fill.fgColor.rgb == CRITICAL


def test_cells_that_were_read_by_a_convention_are_shown():
    book = back(sent(lambda book: setattr(book[AREA]["E7"], "value", "1.234")), WRONG)
    rows = [[cell.value for cell in row] for row in book["Cách đọc"].iter_rows(min_row=5)]
    told = next(row for row in rows if row[1] == f"{AREA}!E7")
    assert told[2:6] == ["3.4.2", "tiếp nhận trực tuyến (cột 4)", "1.234", "1.234 hồ sơ"]


def test_an_explanation_comes_back_and_is_there_the_next_time():
    data = sent()
    book = load_workbook(BytesIO(returned_workbook(data, judged(data, WRONG, DOUBT))))
    sheet = book["Cần sửa"]
    sheet["J9"].value = "Do sáp nhập\nba đơn vị"
    out = BytesIO()
    book.save(out)
    reading = parse.read(out.getvalue())
    said = Explanation("Do sáp nhập\nba đơn vị", "3.4.5", "x06_jump", AREA, "E10", "989")
    assert reading.explanations == (said,)
    again = returned_workbook(out.getvalue(), Judged(reading, Verdict.ACCEPTED_WITH_WARNINGS, (DOUBT,)))
    assert listed(load_workbook(BytesIO(again)))[0]["Giải trình"] == "Do sáp nhập\nba đơn vị"


def test_a_mark_the_sender_has_chosen_is_no_mark_of_ours():
    """A sheet may hold any colour and any picture of a finding; only our shades are taken off."""
    own = PatternFill("solid", fgColor="FFFFFF00")
    data = sent(lambda book: setattr(book[AREA]["F6"], "fill", own) or setattr(book[AREA]["F6"], "font", Font(b=True)))
    cell = back(data, DOUBT)[AREA]["F6"]
    assert (cell.fill.fgColor.rgb, cell.font.b) == ("FFFFFF00", True)


def test_rules_that_compare_ratios_exist():
    from cchc.notify.entries import RATIO_RULES

    assert set(rules()) >= RATIO_RULES


def test_a_file_too_large_to_mark_goes_back_as_what_was_read(monkeypatch):
    monkeypatch.setattr("cchc.notify.opening.MOST_SHEET_BYTES", 1000)
    data = sent()
    made = returned_workbook(data, judged(data, WRONG), lambda: parse.cell_values(data))
    sheet = load_workbook(BytesIO(made))[AREA]
    assert sheet["E6"].fill.fgColor.rgb == CRITICAL and sheet["C6"].value.startswith("Số hồ sơ nhận")


def test_an_empty_workbook_can_go_back():
    out = BytesIO()
    Workbook().save(out)
    assert load_workbook(BytesIO(returned_workbook(out.getvalue(), judged(out.getvalue())))).sheetnames[0] == "Cần sửa"
