"""A manager's way: log in, open the portal from the menu, see who is missing, take the report home."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

PAGES = ["/cchc/", "/cchc/31", "/cchc/31?period=2026-Q3&state=late", "/cchc/31/editions", "/cchc/31/units/10993"]


def _file_path(city, kind="xlsx"):
    return f"/cchc/31/editions/{city.edition['edition_id']}/{kind}"


def _names(frame):
    return frame.locator("table.units tbody th").all_inner_texts()


def test_the_manager_sees_at_a_glance_who_is_missing(city, log_in, pictures, complaints):
    page = log_in("lanhdao")
    page.get_by_role("link", name="CCHC").click()
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("heading", level=1)).to_have_text("Quý III năm 2026")
    for card, count in (("all", "expected"), ("on_time", "on_time"), ("late", "late"), ("missing", "missing"),
                        ("rejected", "rejected")):  # fmt: skip
        expect(frame.locator(f".card.{card} .count")).to_have_text(str(city.status[count]))
    missing = [unit["name"] for unit in city.units("missing")]
    assert missing
    assert _names(frame)[: len(missing)] == missing
    page.mouse.move(640, 5)
    page.screenshot(path=pictures / "portal-board.png")
    assert complaints == []


def test_the_manager_narrows_the_board(city, log_in, complaints):
    page = log_in("lanhdao", "/cchc/31")
    page.locator(".card.late").click()
    expect(page).to_have_url(re.compile("state=late"))
    assert sorted(_names(page)) == sorted(unit["name"] for unit in city.units("late"))
    page.locator(".card.all").click()
    expect(page.locator(".card.all")).to_have_attribute("aria-current", "true")
    page.locator("#q").press_sequentially("thuong hong")
    expect(page.locator("table.units tbody tr")).to_have_count(1)
    assert _names(page) == ["Xã Thượng Hồng"]
    expect(page.locator("#q")).to_be_focused()
    page.locator("#q").fill("")
    page.select_option("#kind", "department")
    expect(page).to_have_url(re.compile("kind=department"))
    departments = [unit for unit in city.status["units"] if unit["kind"] == "department"]
    expect(page.locator("table.units tbody tr")).to_have_count(len(departments))
    assert complaints == []


def test_the_board_works_without_scripts(city, browser):
    with browser.new_context(java_script_enabled=False) as context:
        context.add_cookies([{"name": "_token", "value": city.token("lanhdao"), "url": city.base_url}])
        page = context.new_page()
        page.goto(city.base_url + "/cchc/31?state=missing")
        page.fill("#q", city.units("missing")[0]["name"])
        page.get_by_role("button", name="Xem").click()
        assert _names(page) == [city.units("missing")[0]["name"]]


def test_a_rejected_unit_shows_the_cells_and_the_remedy(city, log_in, pictures, complaints):
    found = {unit["name"]: city.versions(unit["unit"])[0]["findings"] for unit in city.units("rejected")}
    name, findings = next((name, findings) for name, findings in found.items() if findings[0]["cell"])
    page = log_in("lanhdao", "/cchc/31?state=rejected")
    page.get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    text = page.locator("main").inner_text()
    for finding in findings:
        place = f"{finding['sheet']}!{finding['cell']}" if finding["cell"] else finding["sheet"]
        assert place in text and finding["message"] in text and finding["fix"] in text
    page.screenshot(path=pictures / "portal-unit.png")
    assert complaints == []


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_the_report_that_is_downloaded_is_the_edition(city, log_in, kind):
    page = log_in("lanhdao")
    page.get_by_role("link", name="CCHC").click()
    with page.expect_download() as started:
        page.frame_locator("iframe").locator("a.download").filter(has_text=f".{kind}").click()
    recorded = city.edition["files"][kind]
    content = Path(started.value.path()).read_bytes()
    assert started.value.suggested_filename == Path(recorded["path"]).name
    assert content == Path(recorded["path"]).read_bytes()
    assert hashlib.sha256(content).hexdigest() == recorded["sha256"]


def test_a_units_own_extract_is_taken_home(city, log_in, complaints):
    page = log_in("lanhdao", "/cchc/31/units/10993?period=2026-Q3")
    with page.expect_download() as started:
        page.get_by_role("link", name="Trích xuất của đơn vị").click()
    assert started.value.suggested_filename == "trich-xuat_10993_2026-Q3.xlsx"
    assert Path(started.value.path()).read_bytes().startswith(b"PK")
    assert complaints == []


def test_the_board_counts_the_units_that_meet_each_target(city, log_in, complaints):
    page = log_in("lanhdao", "/cchc/31")
    expect(page.locator("table.goals tbody tr")).to_have_count(len(city.targets))
    for target, row in zip(city.targets, page.locator("table.goals tbody tr").all_inner_texts(), strict=True):
        assert target["name"] in row and f"{target['counts']['met']}/{target['counts']['expected']}" in row
    assert city.targets and complaints == []


def test_the_list_of_editions(city, log_in, pictures, complaints):
    page = log_in("noivu", "/cchc/31/editions")
    row = page.locator("table.editions tbody tr").first
    expect(row).to_contain_text(f"{city.edition['reported']}/{city.edition['expected']}")
    expect(row).to_contain_text("Dự thảo")
    page.screenshot(path=pictures / "portal-editions.png")
    assert complaints == []


def test_without_a_login_every_route_is_shut(city, context):
    for path in [*PAGES, _file_path(city)]:
        answer = context.request.get(city.base_url + path, max_redirects=0, headers={"accept": "*/*"})
        assert answer.status == 401, path
    for path in PAGES:
        answer = context.request.get(city.base_url + path, max_redirects=0, headers={"accept": "text/html"})
        assert answer.status == 303 and "/auth/login?next=" in answer.headers["location"], path
    assert context.request.get(city.base_url + _file_path(city), headers={"accept": "text/html"}).status == 401


@pytest.mark.parametrize("token", ["nonsense", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJxdWFudHJpIn0."])
def test_a_forged_token_is_no_login(city, context, token):
    forged = {"authorization": f"Bearer {token}", "accept": "*/*"}
    assert context.request.get(city.base_url + "/cchc/31", headers=forged, max_redirects=0).status == 401


def test_the_login_leads_back_to_the_page_that_was_asked_for(city, log_in):
    page = log_in("lanhdao", "/cchc/31?period=2026-Q3&state=late")
    expect(page).to_have_url(f"{city.base_url}/cchc/31?period=2026-Q3&state=late")


def test_a_session_that_ended_leads_to_the_login(city, log_in, context):
    page = log_in("lanhdao", "/cchc/31")
    context.clear_cookies()
    page.locator(".card.missing").click()
    page.wait_for_url("**/auth/login?next=*")


def test_a_grant_that_is_taken_back_shuts_the_page_at_once(city, log_in):
    page = log_in("kysu", "/cchc/31")
    with city.without_grant("kysu", "31"):
        page.locator(".card.missing").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Không có quyền xem")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Quý III năm 2026")


def test_another_authoritys_manager_is_refused(city, log_in, context, pictures):
    page = log_in("lanhdao-dongnai", "/cchc/")
    expect(page).to_have_url(f"{city.base_url}/cchc/75")
    for path in [*PAGES[1:], _file_path(city)]:
        assert context.request.get(city.base_url + path).status == 403, path
    page.goto(city.base_url + "/cchc/31")
    expect(page.get_by_role("heading", level=1)).to_have_text("Không có quyền xem")
    page.screenshot(path=pictures / "portal-forbidden.png")


def test_an_administrator_changes_between_authorities(city, log_in, complaints):
    page = log_in("quantri", "/cchc/")
    page.get_by_role("link", name="Sở Nội vụ tỉnh Đồng Nai").click()
    expect(page).to_have_url(f"{city.base_url}/cchc/75")
    assert complaints == []


def test_a_telephone_shows_the_board_without_scrolling_sideways(city, log_in, context, pictures):
    page = log_in("lanhdao", "/cchc/31")
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.screenshot(path=pictures / "portal-telephone.png")
