"""What a reader gets: pages that work with and without scripts, and the very bytes of a report."""

import re

import pytest

from cchc.portal.app import STATIC
from cchc.portal.pages import TEMPLATES
from tests.fixtures.portal import SUBMISSION, FakeData, client


@pytest.fixture
def data(tmp_path):
    return FakeData(tmp_path)


@pytest.fixture
def manager(data):
    return client(data, "lanhdao")


def _units(page):
    return re.findall(r"/31/units/([\w-]+)\?", page.text)


def test_home_leads_to_the_board_of_the_own_authority(manager):
    assert manager.get("/").headers["location"] == "/31"


def test_the_board_shows_the_latest_period_that_has_begun(data, manager):
    data.future = ["2027-Q1"]
    page = manager.get("/31")
    assert "<h1>Quý III năm 2026</h1>" in page.text and "24:00 ngày 10/09/2026" in page.text
    assert "<h1>Quý I năm 2027</h1>" in manager.get("/31?period=2027-Q1").text


def test_where_no_period_has_begun_the_board_shows_the_last(data, manager):
    data.future, data.periods_known = ["2027-Q1"], lambda _: [{"code": "2027-Q1"}]
    assert "<h1>Quý I năm 2027</h1>" in manager.get("/31").text


def test_the_board_says_all_of_a_unit(manager):
    text = " ".join(re.sub(r"<[^>]+>", " ", manager.get("/31").text).split())
    assert "Xã Thượng Hồng Xã, phường, đặc khu Nộp muộn 13/09/2026 04:00 2 ngày 4 giờ 1 Đạt, có cảnh báo 3" in text
    assert "Sở Nội vụ Sở, ban, ngành Đúng hạn 09/09/2026 16:05 2 Đạt yêu cầu 0" in text
    assert "Phường Đồ Sơn Xã, phường, đặc khu Chưa nộp quá hạn 2 ngày 6 giờ" in text
    assert "Đã có báo cáo của 3/5 đơn vị (60,0%)" in text


def test_without_scripts_filters_are_addresses(manager):
    assert _units(manager.get("/31?state=missing")) == ["11737"]
    assert _units(manager.get("/31", params={"q": "thuong hong", "kind": "commune"})) == ["10993"]
    nobody = manager.get("/31?q=khong-co")
    assert _units(nobody) == [] and "Không có đơn vị nào phù hợp" in nobody.text


def test_htmx_gets_the_part_and_a_clean_address(manager):
    part = manager.get("/31?period=2026-Q3&state=&kind=&q=do+son", headers={"hx-request": "true"})
    assert "<html" not in part.text and _units(part) == ["11737"]
    assert part.headers["hx-replace-url"] == "/31?period=2026-Q3&q=do+son"
    back = manager.get("/31", headers={"hx-request": "true", "hx-history-restore-request": "true"})
    assert "<html" in back.text and "HX-Request" in back.headers["vary"]


def test_the_chosen_state_travels_with_the_next_search(manager):
    page = manager.get("/31?state=late").text
    assert '<input type="hidden" name="state" value="late" form="filter">' in page


def test_what_units_write_is_never_markup(manager):
    assert "<b>Lạ</b>" not in manager.get("/31").text
    assert "<script>" not in manager.get("/31", params={"q": '"><script>'}).text
    assert "bao cao &lt;1&gt;.xlsx" in manager.get("/31/units/10507").text


def test_a_unit_page_names_cell_found_expected_and_remedy(manager):
    page = manager.get("/31/units/10507?period=2026-Q3").text
    said = (
        "Lĩnh vực 3!E12",
        "Lỗi",
        "mười hai",
        "một số",
        "Ô số liệu chứa chữ.",
        "Ghi số 12.",
        "40 KB",
        "ab" * 6,
        "1 lỗi, 1 cảnh báo, trong đó 1 đã giải trình",
        "Giải trình (noivu ghi): Sáp nhập &lt;b&gt;ba xã&lt;/b&gt;",
        "Không thay đổi so với phiên bản 1",
    )
    for words in said:
        assert words in page
    assert "Đơn vị chưa gửi tệp nào" in manager.get("/31/units/11737").text


def test_a_version_offers_what_goes_back_and_what_came(data, manager):
    page = manager.get("/31/units/10507?period=2026-Q3").text
    assert [words for words in ("Tệp gửi trả", "Biên nhận", "Tệp gốc", "Biểu trống") if words in page] == [
        "Tệp gửi trả",
        "Biên nhận",
        "Tệp gốc",
    ]
    links = re.findall(r'class="download" href="([^"]+)"', page)
    answers = [manager.get(link) for link in links]
    assert [answer.content for answer in answers] == [b"PK marked", b"PK receipt", b"raw"]
    assert answers[0].headers["content-disposition"].endswith("b%C3%A1o%20c%C3%A1o_can-sua.xlsx")
    assert answers[2].headers["content-type"] == "application/octet-stream"


def test_a_raw_file_that_is_gone_is_said_to_be(data, manager):
    data.lost = True
    answer = manager.get(f"/31/units/10507/2026-Q3/{SUBMISSION}/workbook")
    assert answer.status_code == 410 and "không còn nguyên vẹn" in answer.text


def test_what_does_not_exist_is_said_in_vietnamese(manager):
    for path in ("/31/units/26068", "/31?period=2031-Q3", "/31?period=nonsense", "/31/a/b", "/31/editions/e-9/xlsx"):
        page = manager.get(path)
        assert page.status_code == 404 and "Không tìm thấy" in page.text


def test_an_authority_that_awaits_its_first_period(data):
    manager = client(data, "lanhdao-dongnai")
    assert "Chưa có kỳ báo cáo nào" in manager.get("/75").text
    assert "Chưa có bản tổng hợp nào" in manager.get("/75/editions").text
    assert manager.get("/75/units/26068").status_code == 404


def test_editions_with_coverage_and_moment(manager):
    text = " ".join(re.sub(r"<[^>]+>", " ", manager.get("/31/editions").text).split())
    assert "Quý III năm 2026 2 Dự thảo" in text
    assert "13/09/2026 05:30 3/5 60,0% 1.234 Biểu số liệu (.xlsx)" in text


def test_a_download_is_the_file(data, manager):
    answer = manager.get("/31/editions/e-1/xlsx")
    assert answer.content == data.file.read_bytes()
    assert answer.headers["content-disposition"] == f'attachment; filename="{data.file.name}"'


def test_only_known_kinds_of_files_leave_the_house(manager):
    for kind in ("secret", "..%2f..%2fetc%2fpasswd", "pdf"):
        assert manager.get(f"/31/editions/e-1/{kind}").status_code == 404


def test_a_file_that_was_changed_or_moved_is_not_passed_off_as_the_edition(data, manager):
    data.file.write_bytes(b"PK other figures")
    assert manager.get("/31/editions/e-1/xlsx").status_code == 410
    data.file.unlink()
    assert "không còn nguyên vẹn" in manager.get("/31/editions/e-1/xlsx").text


def test_a_failure_is_said_in_vietnamese_and_tells_nothing(data):
    def broken(*_):
        raise RuntimeError("password of the database")

    data.status = broken
    page = client(data, "lanhdao", raise_server_exceptions=False).get("/31")
    assert page.status_code == 500 and "Hệ thống gặp sự cố" in page.text and "password" not in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]


def test_pages_hold_no_code_and_no_style_of_their_own():
    for template in TEMPLATES.glob("*.html"):
        text = template.read_text(encoding="utf-8")
        assert not re.search(r"<script(?! src=)|<style|\sstyle=|\son\w+=|https?://|javascript:", text), template.name
    assert "http" not in (STATIC / "portal.css").read_text(encoding="utf-8")


def test_static_files_are_served_from_the_house(manager):
    page = manager.get("/31").text
    for path in re.findall(r'(?:src|href)="(/static/[^"]+)"', page):
        answer = manager.get(path)
        assert answer.status_code == 200 and answer.headers["cache-control"] == "no-cache"


def test_a_unit_page_offers_the_units_own_extract(data, manager):
    page = manager.get("/31/units/10993?period=2026-Q3").text
    [there] = re.findall(r'href="([^"]+/extract)"', page)
    answer = manager.get(there)
    assert (answer.content, data.extracted) == (b"PK 10993", ["10993"])
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''trich-xuat_10993_2026-Q3.xlsx"
    assert "Trích xuất của đơn vị" not in manager.get("/31/units/31?period=2026-Q3").text


def test_the_board_counts_who_meets_each_target(manager):
    page = manager.get("/31").text
    text = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert "Mục tiêu, theo bản tổng hợp số 2" in text
    assert "xã ≥ 90% 89,95 Tham khảo 1/4 1 2 0 39/QĐ-UBND, II.7" in text
    assert "Văn bản ký số xã ≥ 90% 100,00 Đạt 39/QĐ-UBND, II.7" in text
    assert "Mức độ hài lòng &lt;i&gt;" in page


def test_editions_say_what_they_replace_and_what_was_noted_after(manager):
    page = manager.get("/31/editions").text
    text = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert text.count("Bản thay thế bản số 1") == 1
    assert "1 đính chính ghi kèm Số liệu nhận đến 13/09/2026 05:30: 3 số liệu thay đổi, theo báo cáo của Xã" in text
    assert "Xã &lt;b&gt;Lạ&lt;/b&gt;" in page
