"""Text of old encodings becomes Unicode again, letter for letter; ordinary text is never touched."""

from __future__ import annotations

import unicodedata
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.styles import Font

from cchc.catalogue import periods, units
from cchc.catalogue.indicators import all_indicators
from cchc.catalogue.tables import rows
from cchc.parse import encodings, legacy, read, syllables
from cchc.parse.cellparts import CellParts
from cchc.parse.encodings import TCVN3, UTF8, VNI
from cchc.parse.grid import Grid
from cchc.sample.figures import figures
from cchc.sample.narratives import narrative
from cchc.template import issue
from tests.legacy_text import encode

LETTERS = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
CAPITALS_OF_TCVN3 = "ĂÂÊÔƠƯĐ"
NAMES = [*(indicator.name for indicator in all_indicators()), *(row["name"] for row in rows("units"))]
CATALOGUE = [*NAMES, *(row["text"] for row in rows("form_texts"))]
_WORDS = """
café déjà vu naïve façade Noël château hôtel élève très où là ça été même rôle fête île sûr garçon dû thé né
Müller Straße über schön señor año niño São Paulo coração Æsop Encyclopædia Ångström Malmö København 25°C ±5%
½ ¼ m² m³ § 5 ¶ 3 a·b TP·HCM 5µm © 2026 Excel® 3×4 ÷ «xã» “xã” £5 ¥100 ¿qué? ¡hola!
"""
FOREIGN = _WORDS.split()


def one_sheet(*texts: str, name: str = "Sheet1") -> Grid:
    return Grid(name, False, [[text] for text in texts], 0, 0)


def back(*texts: str, name: str = "Sheet1") -> tuple[list[str], str, list]:
    """What the texts of a sheet become where no font is known, its title, and the remarks."""
    (grid,), issues = legacy.restored([one_sheet(*texts, name=name)], CellParts({}))
    return [row[0] for row in grid.rows], grid.label, list(issues)


def test_the_tables_are_whole():
    tcvn3 = {row["letter"] for row in rows("legacy_tcvn3")}
    vni = {row["letter"] for row in rows("legacy_vni")}
    accented = {letter for letter in LETTERS if not letter.isascii()}
    assert tcvn3 == accented | set(CAPITALS_OF_TCVN3)
    assert vni == accented | {letter.upper() for letter in accented}
    assert len({row["code"] for row in rows("legacy_tcvn3")}) == len(tcvn3) == 74
    assert len({row["sequence"] for row in rows("legacy_vni")}) == len(vni) == 134


@pytest.mark.parametrize("letter", [*LETTERS, *CAPITALS_OF_TCVN3])
def test_every_letter_of_tcvn3_comes_back(letter: str):
    assert encodings.decode(encode(letter, TCVN3), TCVN3) == letter


@pytest.mark.parametrize("letter", [*LETTERS, *LETTERS.upper()])
def test_every_letter_of_vni_comes_back(letter: str):
    assert encodings.decode(encode(letter, VNI), VNI) == letter


def test_a_capital_of_vni_may_carry_the_mark_of_a_small_letter():
    assert encodings.decode("Aù Oâng Ñaïi", VNI) == "Á Ông Đại"


@given(st.text(alphabet=LETTERS + CAPITALS_OF_TCVN3 + " .,;:()0123456789\n", max_size=80))
def test_any_text_comes_back_from_tcvn3(text: str):
    assert encodings.decode(encode(text, TCVN3), TCVN3) == text


@given(st.lists(st.sampled_from(CATALOGUE), min_size=1, max_size=6), st.sampled_from([VNI, UTF8]))
def test_any_words_come_back(parts: list[str], encoding: str):
    text = unicodedata.normalize("NFC", " ".join(parts))
    assert encodings.decode(encode(text, encoding), encoding) == text


@pytest.mark.parametrize("encoding", [TCVN3, VNI, UTF8])
def test_a_sheet_in_an_old_encoding_is_known_by_its_words(encoding: str):
    # Only small letters have codes with a tone in TCVN3, and only some texts hold letters of the old encoding.
    texts = [text.lower() for text in NAMES]
    old = [encode(text, encoding) for text in texts]
    seen, _, issues = back(*old)
    assert [s.lower() for s in seen] == texts
    assert [(i.kind, i.sheet) for i in issues] == [("legacy_encoding", "Sheet1")]
    assert issues[0].found.startswith(f"{encoding}: ") and issues[0].cell


def test_names_of_sheets_are_known_by_their_words():
    _, label, issues = back("1", name=encode("1. Chỉ đạo điều hành", TCVN3))
    assert label == "1. Chỉ đạo điều hành"
    assert [(i.cell, i.expected) for i in issues] == [("", "1. Chỉ đạo điều hành")]


def test_one_word_proves_nothing_but_follows_the_others():
    assert back("tæng")[0] == ["tæng"]
    assert back("tæng", encode("số hồ sơ đã giải quyết", TCVN3))[0] == ["tổng", "số hồ sơ đã giải quyết"]


@pytest.mark.parametrize("text", [*FOREIGN, _WORDS])
def test_other_languages_and_signs_stay(text: str):
    assert back(text)[0] == [text]
    assert back(text, "Số hồ sơ")[2] == []


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_ordinary_vietnamese_stays(form: str):
    period = periods.parse("2026-Q3")
    unit = units.find("10993", period.window_to)
    told = list(narrative(7, unit, period, figures(7, unit, period)).values())
    texts = [unicodedata.normalize(form, text) for text in (*CATALOGUE, *told)]
    for text in (*texts, *" ".join(texts).split()):
        assert back(text)[0] == [text]
    assert back(*texts, "·", "¶ 3", "mục ¶ và ·")[0] == [*texts, "·", "¶ 3", "mục ¶ và ·"]


@pytest.mark.parametrize("word", sorted({word for text in CATALOGUE for word in text.replace(",", " ").split()}))
def test_words_of_the_catalogue_are_syllables_or_names(word: str):
    bare = word.strip("–().:;“”\"'")
    if bare.isalpha() and bare == bare.lower():
        assert syllables.possible(bare) or bare in {"xlsx"}


def _form_with(cells: dict[str, tuple[str, str]], sheet: str = "1. Chỉ đạo điều hành") -> bytes:
    """A form of which some cells hold a text in a font."""
    period = periods.parse("2026-Q3")
    unit = units.find("10993", period.window_to)
    book = load_workbook(BytesIO(issue(unit, period, figures(7, unit, period))))
    for address, (text, font) in cells.items():
        book[sheet][address].value, book[sheet][address].font = text, Font(name=font)
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def _told(data: bytes, cell: str) -> tuple:
    reading = read(data)
    seen = next(o for o in reading.observations if (o.sheet, o.cell) == ("1. Chỉ đạo điều hành", cell))
    return seen.raw, seen.state, [(i.kind, i.sheet, i.cell, i.found) for i in reading.issues]


def test_the_font_says_the_encoding_of_a_single_cell():
    remark = ("legacy_encoding", "1. Chỉ đạo điều hành", "E9", "TCVN3, .VnTime: Kh«ng ph¸t sinh")
    assert _told(_form_with({"E9": ("Kh«ng ph¸t sinh", ".VnTime")}), "E9") == (
        "Không phát sinh",
        "confirmed_zero",
        [remark],
    )


def test_a_font_of_capitals_shows_capitals():
    assert _told(_form_with({"E9": ("kh«ng ph¸t sinh", ".VnTimeH")}), "E9")[0] == "KHÔNG PHÁT SINH"


def test_a_vni_font():
    assert _told(_form_with({"E9": ("Khoâng phaùt sinh", "VNI-Times")}), "E9")[:2] == (
        "Không phát sinh",
        "confirmed_zero",
    )


def test_unicode_in_an_old_font_stays():
    assert _told(_form_with({"E9": ("Không phát sinh", ".VnTime")}), "E9") == ("Không phát sinh", "confirmed_zero", [])
