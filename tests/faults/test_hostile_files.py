"""Files made to hurt or merely broken: refused with the right word, quickly and in little memory."""

from __future__ import annotations

import resource
import struct
import zlib
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from cchc.catalogue import periods, units
from cchc.model.submission import Reading
from cchc.parse import read, read_file
from cchc.parse.archive import MOST_ENTRIES
from cchc.settings import MOST_FILE_BYTES
from cchc.template import issue
from tests.faults.heavy import HEAVY
from tests.written import as_csv, cells

Q3 = periods.parse("2026-Q3")
FORM = issue(units.find("10993", Q3.window_to), Q3)
SHEET = "xl/worksheets/sheet2.xml"


def rebuilt(parts: dict[str, bytes]) -> bytes:
    """The form with parts replaced or added."""
    out = BytesIO()
    with ZipFile(BytesIO(FORM)) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, parts.get(name, source.read(name)))
        for name in parts.keys() - set(source.namelist()):
            target.writestr(name, parts[name])
    return out.getvalue()


def archive(parts: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name, part in parts.items():
            target.writestr(name, part)
    return out.getvalue()


def with_flag(data: bytes) -> bytes:
    """The archive with every entry marked as encrypted in its directory."""
    changed, at = bytearray(data), 0
    while (at := changed.find(b"PK\x01\x02", at)) >= 0:
        changed[at + 8] |= 1
        at += 4
    return bytes(changed)


def lying_about_size(data: bytes) -> bytes:
    """The archive whose directory declares ten bytes for every part."""
    changed, at = bytearray(data), 0
    while (at := changed.find(b"PK\x01\x02", at)) >= 0:
        changed[at + 24 : at + 28] = struct.pack("<I", 10)
        at += 4
    return bytes(changed)


DOCUMENT = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>%s</w:body></w:document>'
FAR_CELL = b'<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row>' \
    b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'  # fmt: skip


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "empty_file"),
        (b"xin chao", "not_a_workbook"),
        (b"\x00" * 4096, "not_a_workbook"),
        (b"<html><p>Xin chao</p></html>", "not_a_workbook"),
        ("Kính gửi Sở Nội vụ,\nxin gửi báo cáo.\n".encode("utf-16"), "not_a_workbook"),
        (b"<?xml version='1.0'?><a><b>1,2</b></a>", "not_a_workbook"),
        (b"%PDF-1.7", "pdf_file"),
        (b"\r\n%PDF-1.4\n", "pdf_file"),
        (b"{\\rtf1\\ansi Bao cao}", "word_file"),
        (archive({"word/document.xml": DOCUMENT % b"<w:p><w:r><w:t>Bao cao</w:t></w:r></w:p>"}), "word_file"),
        (archive({"word/document.xml": b"<w/>"[:3]}), "damaged"),
        (archive({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"}), "word_file"),
        (archive({"ppt/presentation.xml": b"<p/>", "[Content_Types].xml": b"<Types/>"}), "not_a_workbook"),
        (archive({"xa_a.xlsx": FORM, "xa_b.xlsx": FORM}), "packed_files"),
        (b"Rar!\x1a\x07\x00" + b"\x00" * 64, "packed_files"),
        (b"7z\xbc\xaf\x27\x1c" + b"\x00" * 64, "packed_files"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 64, "picture_file"),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 64, "picture_file"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "picture_file"),
        (FORM[: len(FORM) // 2], "damaged"),
        (b"PK\x03\x04" + FORM[4:200], "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 2048, "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (with_flag(FORM), "encrypted"),
        (b"\x00" * (MOST_FILE_BYTES + 1), "too_large"),
        (rebuilt({"xl/media/big.bin": b"\x00" * (101 * 2**20)}), "zip_bomb"),
        (rebuilt({f"xl/media/{number}.bin": b"" for number in range(MOST_ENTRIES)}), "zip_bomb"),
        (lying_about_size(FORM), "zip_bomb"),
        (rebuilt({SHEET: FAR_CELL}), "zip_bomb"),
        (rebuilt({SHEET: FAR_CELL.replace(b"XFD", b"xfd")}), "zip_bomb"),
        (rebuilt({SHEET: "<worksheet><sheetData/></worksheet>".encode("utf-16")}), "damaged"),
        (archive({"xl/workbook.bin": b"\x00" * 3000, "a": bytes(range(256)) * 8}), "damaged"),
        (rebuilt({"xl/workbook.xml": b"<workbook"}), "damaged"),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_refused_with_the_right_word(data: bytes, kind: str):
    reading = read(data, "tep.xlsx")
    assert (reading.readable, [issue.kind for issue in reading.issues]) == (False, [kind])
    assert reading.observations == ()


def test_a_file_too_large_says_how_large_it_is_and_may_be():
    found = read(b"\x00" * (MOST_FILE_BYTES + 2**20)).issues[0]
    assert (found.found, found.expected) == ("21 MB", "20 MB")


def test_a_file_too_large_is_told_by_its_size_alone(tmp_path: Path):
    path = tmp_path / "bieu.xlsx"
    with path.open("wb") as file:
        file.truncate(3 * 2**30)  # sparse: nothing on the disk
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    issue_found = read_file(path).issues[0]
    assert (issue_found.kind, issue_found.found) == ("too_large", "3072 MB")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 2**16


def test_entities_are_not_expanded():
    bomb = (
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        b'<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row>'
        b"</sheetData></worksheet>"
    )
    reading = read(rebuilt({SHEET: bomb}))
    assert all(len(observation.raw) < 100 for observation in reading.observations)


def test_a_stream_that_unpacks_to_more_than_it_says_is_not_followed():
    packed = zlib.compress(b"\x00" * 2**24)
    assert len(packed) < 2**16, "the point of the test"
    assert read(lying_about_size(rebuilt({"xl/media/a.bin": b"\x00" * 2**24}))).issues[0].kind == "zip_bomb"


def test_another_workbook_is_read_and_said_not_to_be_ours():
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["STT", "Họ và tên"])
    out = BytesIO()
    book.save(out)
    reading = read(out.getvalue())
    assert (reading.readable, [issue.kind for issue in reading.issues]) == (True, ["not_our_form"])


def test_a_sheet_that_is_merely_called_cover_is_not_ours():
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "Bìa"
    out = BytesIO()
    book.save(out)
    assert [issue.kind for issue in read(out.getvalue()).issues] == ["not_our_form"]


def locked_by_office(data: bytes) -> bytes:
    out = BytesIO()
    OOXMLFile(BytesIO(data)).encrypt("mat-khau", out)
    return out.getvalue()


@pytest.mark.parametrize("name", ["bieu.xlsx", "bieu.xls", "bieu.docx"])
def test_a_password_is_told_whatever_the_file_is_called(name: str):
    reading = read(locked_by_office(FORM), name)
    assert [issue.kind for issue in reading.issues] == ["encrypted"]


def with_parts(parts: dict[str, bytes]) -> Reading:
    return read(rebuilt(parts), "10993_2026-Q3.xlsx")


def test_macros_are_told_and_not_run():
    reading = with_parts({"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(600)})
    assert (reading.container, [issue.kind for issue in reading.issues]) == ("xlsm", ["macros"])


def test_links_to_other_files_are_told_by_name():
    rels = b'<Relationships><Relationship Id="rId1" Target="file:///D:/B%C3%A1o%20c%C3%A1o/Quy2.xlsx"/></Relationships>'
    reading = with_parts({"xl/externalLinks/_rels/externalLink1.xml.rels": rels})
    assert [(issue.kind, issue.found) for issue in reading.issues] == [("external_links", "Quy2.xlsx")]


def test_a_picture_in_an_empty_workbook_is_a_picture():
    from openpyxl import Workbook

    out = BytesIO()
    Workbook().save(out)
    with ZipFile(out, "a") as target:
        target.writestr("xl/media/image1.png", b"\x89PNG")
    assert [issue.kind for issue in read(out.getvalue()).issues] == ["picture_file"]


def test_of_two_parts_with_one_name_none_is_believed():
    out = BytesIO(FORM)
    with pytest.warns(UserWarning), ZipFile(out, "a") as target:
        target.writestr(SHEET, b"<worksheet><sheetData/></worksheet>")
    assert [issue.kind for issue in read(out.getvalue()).issues] == ["zip_bomb"]


def test_a_part_that_is_not_what_was_packed_is_damage():
    changed = bytearray(FORM)
    at = changed.find(b"PK\x01\x02")
    changed[at + 16] ^= 1
    assert [issue.kind for issue in read(bytes(changed)).issues] == ["damaged"]


def test_rows_far_below_the_form_are_told_to_be_unread():
    row = b'<row r="30000"><c r="A30000"><v>1</v></c></row></sheetData>'
    with ZipFile(BytesIO(FORM)) as source:
        sheet = source.read(SHEET).replace(b"</sheetData>", row)
    found = with_parts({SHEET: sheet}).issues
    assert [(issue.kind, issue.found) for issue in found] == [("not_read_whole", "30.000")]


def test_an_empty_formatted_cell_in_the_last_row_does_not_matter():
    row = b'<row r="1048576"><c r="E1048576" s="1"/></row></sheetData>'
    with ZipFile(BytesIO(FORM)) as source:
        sheet = source.read(SHEET).replace(b"</sheetData>", row)
    assert with_parts({SHEET: sheet}).issues == ()


def test_slashes_of_windows_are_slashes():
    changed = FORM.replace(b"xl/worksheets/", b"xl\\worksheets\\").replace(b"xl/styles.xml", b"xl\\styles.xml")
    assert read(changed, "10993_2026-Q3.xlsx").issues == ()


def test_the_helper_is_replaced_after_a_file_that_killed_it():
    bad = HEAVY["one_quote_csv"]()
    sound = as_csv(cells(FORM))
    assert [read(data).container for data in (sound, bad, sound)] == ["csv", "", "csv"]
