"""What ``cchc check`` says of figures that were read otherwise than they were typed."""

from __future__ import annotations

from cchc import cli_text, validate
from cchc.catalogue import periods, units
from cchc.catalogue.tables import rows
from cchc.parse import read
from cchc.sample.figures import figures
from cchc.template import issue


def checked(**changes: str) -> dict:
    period = periods.parse("2026-Q3")
    unit = units.find("10993", period.window_to)
    own = {code: value for code, value in figures(7, unit, period).items() if not isinstance(value, str)}
    data = issue(unit, period, own | {code.replace("_", "."): text for code, text in changes.items()})
    return cli_text.check_document(validate.judge([read(data)])[0])


def test_nothing_is_said_of_figures_that_are_what_they_are():
    document = checked()
    assert document["coercions"] == []
    assert "đọc khác cách ghi" not in cli_text.check_report(document)


def test_raw_text_and_value_stand_side_by_side():
    document = checked(**{"1_6_1": "18 tin bài", "6_1_1": "2 tỷ 350 triệu"})
    told = [(c["indicator"], c["raw"], c["value"], c["read_as"]) for c in document["coercions"]]
    assert told == [("1.6.1", "18 tin bài", "18", "text_unit"), ("6.1.1", "2 tỷ 350 triệu", "2350", "text_money")]
    report = cli_text.check_report(document)
    assert "Có 2 số liệu được đọc khác cách ghi" in report
    assert "ghi “2 tỷ 350 triệu”, hiểu là 2350. Số tiền ghi bằng chữ" in report


def test_states_are_told_in_words():
    document = checked(**{"1_6_1": "Không phát sinh", "1_7_1": "-"})
    told = [(c["indicator"], c["value"]) for c in document["coercions"]]
    assert told == [("1.6.1", "0"), ("1.7.1", "chưa có số liệu")]


def test_every_way_of_reading_says_whether_people_see_it():
    assert {row["coercion"] for row in rows("reading_modes")} == {"yes", "no"}
