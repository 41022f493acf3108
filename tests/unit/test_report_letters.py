"""Room that text needs: rows high enough, columns wide enough."""

import pytest

from cchc.catalogue.indicators import all_indicators
from cchc.report import letters
from cchc.report.book import row_height, text_lines
from cchc.report.texts import columns

NAME = next(column for column in columns("annex") if column.key == "name")


@pytest.mark.parametrize(
    ("text", "thousandths"),
    # By the font's own metrics: Liberation Serif, drawn to the measures of Times New Roman.
    [("4.850.000.000", 5750), ("3.4.13a", 2944), ("MW", 1833), ("rate of", 2582), ("%", 833), ("(S)", 1222)],
)
def test_plain_letters_are_as_wide_as_in_the_font(text, thousandths):
    assert letters.width(text) == pytest.approx(thousandths, abs=2)


def test_vietnamese_letters_have_room_for_a_substitute_font():
    assert letters.width("ế") > letters.width("e") and letters.width("đ") == letters.width("d")


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [("", 1000, 1), ("aaaa", 1776, 1), ("aaaa", 1700, 2), ("aa aa", 1800, 2), ("aa aa", 2100, 1), ("a\nb", 9000, 2)],
)
def test_lines_break_between_words(text, room, lines):
    assert letters.lines(text, room) == lines


@pytest.mark.parametrize("code", ["4.1.2", "3.4.14a", "5.1.1b", "4.3.4a"])
def test_a_name_that_a_printer_breaks_has_two_lines(code):
    name = next(item.name for item in all_indicators() if item.code == code)
    assert text_lines(name, NAME.width) == 2
    assert row_height(2) >= 2 * 11 * 1.15 + 2


def test_no_name_has_less_room_than_its_letters_need():
    """A column's 50 characters are 255 points less the indent and the margins, at 11 points a line of the type."""
    for item in all_indicators():
        assert text_lines(item.name, NAME.width) * (NAME.width * 5.25 - 12) >= letters.width(item.name) * 11 / 1000


def test_a_short_unit_of_measure_takes_one_line():
    uom = next(column for column in columns("annex") if column.key == "uom")
    assert {text_lines(item.uom, uom.width, uom.kind) for item in all_indicators()} == {1}
