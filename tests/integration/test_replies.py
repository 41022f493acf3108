"""What goes back for a submission of the warehouse: marked file, receipt with its place among the versions, form."""

from datetime import datetime
from io import BytesIO

import docx
import pytest
from openpyxl import load_workbook

from cchc import parse, steps
from cchc.catalogue import periods, units
from cchc.catalogue.periods import ZONE
from cchc.sample.defects import all_defects, plant
from cchc.sample.figures import figures
from cchc.sample.narratives import narrative
from cchc.template import issue

Q3 = periods.parse("2026-Q3")
THUONG_HONG = units.find("10993", Q3.window_to)
OWN = figures(7, THUONG_HONG, Q3)
WORDS = narrative(7, THUONG_HONG, Q3, OWN)
SOUND = issue(THUONG_HONG, Q3, OWN, WORDS)


def faulty(kind: str) -> bytes:
    defect = next(d for d in all_defects() if d.kind == kind)
    return plant(defect, THUONG_HONG, Q3, OWN, WORDS)[0]


def send(folder, data: bytes, moment: str, name: str = "10993_2026-Q3.xlsx") -> None:
    path = folder / name
    path.write_bytes(data)
    steps.receive([path], datetime.fromisoformat(moment).replace(tzinfo=ZONE))


def table_of(document: bytes) -> dict[str, str]:
    rows = docx.Document(BytesIO(document)).tables[1].rows
    return {row.cells[0].text: row.cells[1].text for row in rows}


@pytest.fixture
def versions(installation, tmp_path):
    """Wrong, right, right and sent again late: the newest first."""
    send(tmp_path, faulty("text_in_number"), "2026-09-09T08:00:00")
    send(tmp_path, SOUND, "2026-09-10T23:59:58")
    send(tmp_path, faulty("expected_missing"), "2026-09-12T01:30:00")
    steps.ingest()
    return steps.unit_versions("2026-Q3", "10993")


def test_a_refused_version_gets_its_cells_marked(versions):
    files = steps.reply_files(versions[2]["submission_id"])
    book = load_workbook(BytesIO(files["workbook"]))
    found = versions[2]["findings"][0]
    assert book.sheetnames[0] == "Cần sửa"
    assert found["message"] in book[found["sheet"]][found["cell"]].comment.text
    assert files["original"] == faulty("text_in_number")
    assert files["names"]["workbook"] == "10993_2026-Q3_can-sua.xlsx"


def test_a_sound_version_gets_a_receipt_alone(versions):
    files = steps.reply_files(versions[1]["submission_id"])
    assert (files["workbook"], files["form"]) == (None, None)
    told = table_of(files["receipt"])
    assert told["Thời điểm nhận"] == "23:59:58 ngày 10/09/2026 (giờ Việt Nam)"
    assert (told["Lần gửi"], told["Đúng hạn hay muộn"]) == ("Lần thứ 2", "Đúng hạn")


def test_the_first_acceptable_receipt_stays_whatever_comes_later(versions):
    refused, sound, late = (table_of(steps.reply_files(v["submission_id"])["receipt"]) for v in versions[::-1])
    assert refused["Lần nhận hợp lệ đầu tiên"] == "Chưa có bản nào đạt yêu cầu"
    assert refused["Đúng hạn hay muộn"] == "Chưa được tính là đã nộp; còn 1 ngày 16 giờ đến hạn"
    assert sound["Lần nhận hợp lệ đầu tiên"] == late["Lần nhận hợp lệ đầu tiên"]
    assert (late["Lần gửi"], late["Đúng hạn hay muộn"]) == ("Lần thứ 3", "Đúng hạn")


def test_the_same_submission_gets_the_same_reply(versions):
    again = [steps.reply_files(versions[2]["submission_id"]) for _ in range(2)]
    assert again[0] == again[1]


def test_a_file_that_cannot_be_read_gets_the_form_it_should_have_been(installation, tmp_path):
    send(tmp_path, faulty("encrypted"), "2026-09-09T08:00:00")
    (identity,) = steps.collect()
    steps.ingest_chunk([identity])
    files = steps.reply_files(identity)
    form = parse.read(files["form"])
    assert files["workbook"] is None
    assert (form.unit, form.period) == ("10993", "2026-Q3")
    assert "biểu trống gửi kèm" in table_of(files["receipt"])["Việc cần làm tiếp theo"]


def test_what_was_said_to_a_warning_stands_in_the_next_return(installation, tmp_path):
    send(tmp_path, faulty("amount_in_thousands"), "2026-09-08T08:00:00")
    steps.ingest()
    (first,) = steps.unit_versions("2026-Q3", "10993")
    book = load_workbook(BytesIO(steps.reply_files(first["submission_id"])["workbook"]))
    explained = next(row for row in book["Cần sửa"].iter_rows() if row[10].value == "c12_amount_looks_like_dong")
    explained[9].value = "Đúng là vốn của cả dự án"
    answered = BytesIO()
    book.save(answered)
    send(tmp_path, answered.getvalue(), "2026-09-09T08:00:00", "10993_2026-Q3_can-sua.xlsx")
    steps.ingest()
    newest = steps.unit_versions("2026-Q3", "10993")[0]
    files = steps.reply_files(newest["submission_id"])
    again = load_workbook(BytesIO(files["workbook"]))["Cần sửa"]
    assert "Đúng là vốn của cả dự án" in {row[9].value for row in again.iter_rows()}
    assert files["names"]["workbook"] == "10993_2026-Q3_can-sua.xlsx"


def test_an_unknown_submission_is_not_found(installation):
    with pytest.raises(LookupError):
        steps.reply_files("00000000-0000-0000-0000-00000000abcd")


@pytest.mark.parametrize(
    ("sent", "stem"),
    [("../../etc/passwd", "passwd"), ("báo cáo <1>.xlsx", "báo cáo _1"), ("", "0" * 12), ("a\r\nb.xls", "a_b")],
)
def test_what_a_sender_called_the_file_leads_nowhere(sent, stem):
    assert steps.reply_names(sent, "0" * 64)["receipt"] == f"{stem}_bien-nhan.docx"
