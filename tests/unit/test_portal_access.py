"""Nobody sees anything without a login, and nobody sees another authority."""

import pytest

from cchc.portal.app import create_app
from tests.fixtures.portal import SUBMISSION, FakeData, client

PAGES = ["/", "/31", "/31?period=2026-Q3&q=a", "/31/editions", "/31/units/10993"]
FILE = "/31/editions/e-1/xlsx"
REPLY = f"/31/units/10507/2026-Q3/{SUBMISSION}"
EXTRACT = "/31/units/10993/2026-Q3/extract"
FILES = [FILE, EXTRACT, *(f"{REPLY}/{kind}" for kind in ("workbook", "receipt", "original"))]


@pytest.fixture
def data(tmp_path):
    return FakeData(tmp_path)


def test_these_are_all_the_routes(data):
    """A new route must be added to the lists above."""
    app = create_app(data, lambda _: None, str)
    paths = {route.path for route in app.routes}
    assert paths == {"/static", "/", "/{authority}", "/{authority}/editions", "/{authority}/units/{unit}",
                     "/{authority}/editions/{edition_id}/{kind}",
                     "/{authority}/units/{unit}/{period}/extract",
                     "/{authority}/units/{unit}/{period}/{submission_id}/{kind}"}  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_a_page_sends_the_unknown_to_the_login_and_back(data, path):
    answer = client(data).get(path)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/login?next={path}")


@pytest.mark.parametrize("path", [*PAGES, *FILES])
def test_a_machine_gets_401(data, path):
    assert client(data).get(path, headers={"accept": "*/*"}).status_code == 401


@pytest.mark.parametrize("path", FILES)
def test_a_download_without_login_is_401_with_the_way_to_the_login(data, path):
    answer = client(data).get(path)
    assert answer.status_code == 401 and "Cần đăng nhập" in answer.text and "/login?next=" in answer.text


def test_htmx_is_told_to_leave_for_the_login(data):
    answer = client(data).get("/31?q=a", headers={"hx-request": "true"})
    assert (answer.status_code, answer.headers["hx-redirect"]) == (401, "/login?next=/31?q=a")


@pytest.mark.parametrize("path", [path for path in [*PAGES, *FILES] if path != "/"])
def test_another_authority_is_refused_in_vietnamese(data, path):
    answer = client(data, "lanhdao-dongnai").get(path)
    assert answer.status_code == 403 and "chưa được cấp quyền" in answer.text


def test_an_unknown_authority_looks_like_a_forbidden_one(data):
    assert client(data, "lanhdao").get("/99").status_code == 403


@pytest.mark.parametrize("path", [*PAGES, *FILES])
def test_an_account_without_grants_sees_nothing(data, path):
    assert client(data, "nguoi-moi").get(path).status_code == 403


def test_an_administrator_sees_every_authority(data):
    admin = client(data, "quantri")
    assert admin.get("/31").status_code == admin.get("/75").status_code == 200
    page = admin.get("/31").text
    assert "Hải Phòng" in page and "Đồng Nai" in page


def test_who_has_several_authorities_can_change_between_them(data):
    assert 'href="/75"' in client(data, "haicoquan").get("/31").text
    assert 'href="/75"' not in client(data, "lanhdao").get("/31").text


@pytest.mark.parametrize("user", ["", "nguoi-moi", "lanhdao-dongnai"])
def test_nobody_but_the_authoritys_own_people_gets_a_units_extract(data, user):
    """Refused before anything is made: no extract of the unit is assembled for them."""
    answer = client(data, user).get(EXTRACT)
    assert answer.status_code == (403 if user else 401) and not data.extracted
    assert client(data, "haicoquan").get(EXTRACT.replace("/31/", "/75/")).status_code == 404
    assert not data.extracted


@pytest.mark.parametrize("path", ["/31/units/26068/2026-Q3/extract", "/31/units/10993/2031-Q3/extract",
                                  "/31/units/31/2026-Q3/extract"])  # fmt: skip
def test_there_is_an_extract_only_of_a_unit_that_owes_the_authority_a_report(data, path):
    assert client(data, "lanhdao").get(path).status_code == 404 and not data.extracted


def test_an_edition_is_given_out_only_under_its_own_authority(data):
    assert client(data, "haicoquan").get("/75/editions/e-1/xlsx").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        f"/75/units/10507/2026-Q3/{SUBMISSION}/receipt",  # another authority's unit
        f"/31/units/10993/2026-Q3/{SUBMISSION}/receipt",  # another unit's version
        f"/31/units/26068/2026-Q3/{SUBMISSION}/receipt",  # a unit that owes nothing here
        f"/31/units/10507/2031-Q3/{SUBMISSION}/receipt",
        "/31/units/10507/2026-Q3/00000000-0000-0000-0000-000000000002/original",
        f"{REPLY}/form",
        f"{REPLY}/names",
        f"{REPLY}/..%2f..%2fetc%2fpasswd",
    ],
)
def test_a_unit_s_files_are_given_out_only_under_its_own_address(data, path):
    assert client(data, "haicoquan").get(path).status_code == 404


@pytest.mark.parametrize("path", [*PAGES, *FILES, "/31/no/such/page"])
def test_every_answer_carries_the_headers(data, path):
    for user in ("", "lanhdao", "lanhdao-dongnai"):
        headers = client(data, user).get(path).headers
        assert "script-src 'self'" in headers["content-security-policy"]
        assert "frame-ancestors 'self'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff" and headers["cache-control"] == "no-store"


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_nothing_can_be_changed(data, method):
    assert getattr(client(data, "quantri"), method)("/31").status_code == 405
