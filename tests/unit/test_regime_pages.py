"""What ``cchc regime`` says, and that the pages for reviewers are what the data say."""

import json

import pytest
from typer.testing import CliRunner

from cchc.catalogue import regime_page, regime_terms, regimes
from cchc.catalogue.regime_words import clause_words
from cchc.cli import app
from cchc.cli_base import InputError

IDS = tuple(one.id for one in regimes.regimes() if regime_terms.terms(one.id).instrument)


def _run(*arguments):
    return CliRunner().invoke(app, ["regime", *arguments])


def test_pages_are_what_the_data_say():
    pages = regime_page.pages()
    assert {path.name for path in regime_page.PAGES.glob("*.md")} == set(pages)
    for name, words in pages.items():
        written = (regime_page.PAGES / name).read_text(encoding="utf-8")
        assert written == words, "run: python -m cchc.catalogue.regime_page"


@pytest.mark.parametrize("regime_id", IDS)
def test_a_reviewer_can_tick_every_clause(regime_id):
    page = regime_page.pages()[f"{regime_id}.md"]
    shown = _run("show", regime_id).output
    for clause in regime_terms.terms(regime_id).clauses:
        assert f"- [ ] **{clause_words(clause.ref)}** {clause.text}\n" in page
        assert f"[ ] {clause_words(clause.ref)}" in shown


@pytest.mark.parametrize("regime_id", [one.id for one in regimes.regimes()])
def test_what_is_shown_fits_a_terminal_of_100_columns(regime_id):
    found = _run("show", regime_id)
    assert found.exit_code == 0
    assert max(map(len, found.output.splitlines())) <= 100
    assert "None" not in found.output
    assert "{" not in found.output


def test_days_are_said_with_the_last_good_one():
    """05/CT-UBND, mục 3 đoạn 2 and 3: "trước ngày 15/4"."""
    shown = _run("show", "kinh-mon-2023").output
    assert shown.count("Hạn: trước ngày 15/4/2023 (thứ Bảy), tức chậm nhất hết ngày 14/4/2023 (thứ Sáu)") == 2
    shown = _run("show", "thuong-hong-2025").output
    assert "Hạn: trước ngày 10 của tháng cuối kỳ báo cáo, tức chậm nhất hết ngày 9\n" in shown
    assert "15/4" not in _run("show", "phuong-2023").output.split("CHỖ DỄ ĐỌC SAI")[0]


def test_the_losing_threshold_is_shown_as_such():
    """03/CT-UBND, điểm 1.b (30%) against 1.h (20% of communes)."""
    shown = _run("show", "cam-my-2023").output
    assert "Không xét vì có C2-xa được lấy thay; ghi để đối chiếu" in shown


def test_every_regime_is_listed():
    listed = json.loads(_run("list", "--json").output)["regimes"]
    assert [row["id"] for row in listed] == [one.id for one in regimes.regimes()]
    shown = _run("list").output
    assert all(one.id in shown for one in regimes.regimes())
    assert max(map(len, shown.splitlines())) <= 100


@pytest.mark.parametrize("regime_id", IDS)
def test_a_regime_is_one_document(regime_id):
    document = json.loads(_run("show", regime_id, "--json").output)
    terms = regime_terms.terms(regime_id)
    assert document["id"] == regime_id
    assert [row["ref"] for row in document["clauses"]] == [clause.ref for clause in terms.clauses]
    assert [row["id"] for row in document["obligations"]] == [duty.id for duty in terms.duties]
    assert len(document["targets"]) == len(terms.targets)
    assert document["instrument"]["cite"] == terms.instrument.cite


def test_the_document_names_days_exactly():
    document = json.loads(_run("show", "kinh-mon-2023", "--json").output)
    duty = next(row for row in document["obligations"] if row["id"] == "K3")
    assert (duty["due_date"], duty["inclusive"]) == ("2023-04-15", False)
    assert duty["due_words"].startswith("trước ngày 15/4/2023")


def test_an_unknown_regime_is_answered_with_those_there_are():
    found = _run("show", "kinh-mon")
    assert isinstance(found.exception, InputError)
    assert str(found.exception).startswith("Không có chế độ báo cáo mang mã «kinh-mon».")
    assert "kinh-mon-2023" in str(found.exception)
