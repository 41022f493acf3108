"""The receipt: every fact that a sender may one day have to prove, on one page."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.shared import Mm

from cchc.catalogue.periods import ZONE
from cchc.model.finding import Finding, Severity
from cchc.model.receipt import Receipt
from cchc.model.submission import Verdict
from cchc.notify import receipt
from cchc.notify.receipt import span

WRONG = Finding(
    "c01_text_in_number", Severity.CRITICAL, "1. Chỉ đạo", "E29", "1.6.1", "x", "số", "Ô E29 sai.", "Sửa E29."
)
DOUBT = replace(WRONG, rule="x06_jump", severity=Severity.WARNING, message="Tăng mạnh.")
SHA = "ab12cd34ef56" + "0" * 52
FACTS = Receipt(
    SHA,
    "10993_2026-Q3.xlsx",
    42_462,
    Verdict.ACCEPTED,
    unit="10993",
    unit_name="Xã Thượng Hồng",
    period="2026-Q3",
    authority="31",
    channel="folder",
    received_at=datetime(2026, 9, 9, 9, 5, 7, tzinfo=ZONE),
    version=2,
)


def paper(facts: Receipt):
    return docx.Document(BytesIO(receipt(facts)))


def table(facts: Receipt) -> dict[str, str]:
    return {row.cells[0].text: row.cells[1].text for row in paper(facts).tables[1].rows}


def words(facts: Receipt) -> str:
    document = paper(facts)
    cells = (cell.text for each in document.tables for row in each.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_it_states_every_fact():
    assert table(FACTS) == {
        "Đơn vị gửi": "Xã Thượng Hồng (mã 10993)",
        "Kỳ báo cáo": "quý III năm 2026 (2026-Q3)",
        "Tên tệp": "10993_2026-Q3.xlsx",
        "Dung lượng": "42.462 byte",
        "SHA-256": SHA,
        "Kênh gửi": "Thư mục dùng chung",
        "Thời điểm nhận": "09:05:07 ngày 09/09/2026 (giờ Việt Nam)",
        "Lần gửi": "Lần thứ 2",
        "Lần nhận hợp lệ đầu tiên": "09:05:07 ngày 09/09/2026 (giờ Việt Nam)",
        "Hạn nộp": "24:00 ngày 10/09/2026",
        "Đúng hạn hay muộn": "Đúng hạn",
        "Kết quả kiểm tra": "ĐẠT YÊU CẦU",
        "Số lỗi và cảnh báo": "0 lỗi phải sửa, 0 cảnh báo",
        "Việc cần làm tiếp theo": "Không cần làm gì thêm. Số liệu của đơn vị đã được đưa vào tổng hợp.",
    }


def test_its_head_is_that_of_an_official_paper():
    said = words(FACTS)
    for line in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "SỞ NỘI VỤ", "BIÊN NHẬN BÁO CÁO", "Mã biên nhận: ab12cd34ef56"):
        assert line in said
    page = paper(FACTS).sections[0]
    assert (round(page.page_width / Mm(1)), round(page.page_height / Mm(1))) == (210, 297)
    assert paper(FACTS).styles["Normal"].font.name == "Times New Roman"


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (datetime(2026, 9, 11, 0, 0, 0, tzinfo=ZONE), "Đúng hạn"),
        (datetime(2026, 9, 11, 0, 0, 1, tzinfo=ZONE), "Muộn 1 phút"),
        (datetime(2026, 9, 13, 4, 0, tzinfo=ZONE), "Muộn 2 ngày 4 giờ"),
    ],
)
def test_in_time_is_up_to_the_last_second_of_the_day(moment, said):
    assert table(replace(FACTS, received_at=moment))["Đúng hạn hay muộn"] == said


def test_the_first_acceptable_version_decides_not_the_last():
    late = replace(FACTS, received_at=datetime(2026, 9, 20, tzinfo=ZONE), first_accepted_at=FACTS.received_at)
    assert table(late)["Đúng hạn hay muộn"] == "Đúng hạn"
    assert table(late)["Lần nhận hợp lệ đầu tiên"].startswith("09:05:07 ngày 09/09/2026")


def test_a_refused_file_is_not_yet_a_report():
    told = table(replace(FACTS, verdict=Verdict.REJECTED, findings=(WRONG, DOUBT)))
    assert told["Lần nhận hợp lệ đầu tiên"] == "Chưa có bản nào đạt yêu cầu"
    assert told["Đúng hạn hay muộn"] == "Chưa được tính là đã nộp; còn 1 ngày 15 giờ đến hạn"
    assert told["Số lỗi và cảnh báo"] == "1 lỗi phải sửa, 1 cảnh báo"
    assert "Mở tệp gửi trả" in told["Việc cần làm tiếp theo"]
    assert "– 1. Chỉ đạo!E29: Ô E29 sai. Sửa E29." in words(replace(FACTS, verdict=Verdict.REJECTED, findings=(WRONG,)))


def test_what_nobody_knows_is_not_made_up():
    told = table(Receipt(SHA, "x", 0, Verdict.UNREADABLE, (WRONG,), received_at=FACTS.received_at))
    assert told["Đơn vị gửi"] == "Chưa rõ đơn vị" and told["Kỳ báo cáo"] == "chưa rõ kỳ báo cáo"
    assert not {"Hạn nộp", "Đúng hạn hay muộn", "Lần gửi", "Kênh gửi"} & told.keys()


def test_a_check_on_the_spot_is_no_receipt():
    said = words(replace(FACTS, received_at=None, version=None, channel=""))
    assert "PHIẾU KIỂM TRA BÁO CÁO" in said and "BIÊN NHẬN BÁO CÁO" not in said
    assert "không thay biên nhận" in said and "Thời điểm nhận" not in said


@pytest.mark.parametrize("verdict", list(Verdict))
@pytest.mark.parametrize("sent", [FACTS.received_at, None])
def test_every_verdict_says_what_to_do_next(verdict, sent):
    assert table(replace(FACTS, verdict=verdict, received_at=sent))["Việc cần làm tiếp theo"].endswith((".", "sau."))


def test_an_unknown_channel_is_named_as_it_is():
    assert table(replace(FACTS, channel="bưu điện"))["Kênh gửi"] == "bưu điện"


def test_the_same_facts_give_the_same_bytes():
    assert receipt(FACTS) == receipt(FACTS)
    with ZipFile(BytesIO(receipt(FACTS))) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(seconds=1), "1 phút"),
        (timedelta(minutes=59, seconds=30), "1 giờ"),
        (timedelta(hours=23, minutes=1), "1 ngày"),
        (timedelta(days=1234, hours=5), "1.234 ngày 5 giờ"),
    ],
)
def test_spans_count_what_has_begun(length, said):
    assert span(length) == said


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_it_is_one_page_whatever_it_has_to_say(tmp_path):
    endless = replace(WRONG, sheet="TRANG " * 6, message="NỘI DUNG " * 400, fix="CÁCH SỬA " * 400)
    facts = replace(
        FACTS,
        file_name="W" * 300 + "\x00\x1b.xlsx",
        unit_name="ỦY BAN NHÂN DÂN " * 60,
        channel="X" * 300,
        verdict=Verdict.UNREADABLE,
        with_form=True,
        findings=(endless,) * 50,
    )
    (tmp_path / "receipt.docx").write_bytes(receipt(facts))
    order = [
        "soffice",
        f"-env:UserInstallation=file://{tmp_path}/p",
        "--headless",
        "--convert-to",
        "pdf",
        "receipt.docx",
    ]
    subprocess.run(order, check=True, capture_output=True, timeout=120, cwd=tmp_path)
    assert (tmp_path / "receipt.pdf").read_bytes().count(b"/Type/Page/") == 1
