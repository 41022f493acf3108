"""A report is not the unit's earlier one with another date."""

from tests.rules.factory import Fault
from tests.rules.warehouse import found, send

RULE = "x10_copied_forward"
FLOWS = (
    "1.1.2",
    "1.1.4",
    "1.2.4",
    "1.4.1a",
    "1.6.1",
    "1.6.2b",
    "3.4.1",
    "3.4.2",
    "3.4.3",
    "3.4.5",
    "3.4.6",
    "3.4.7",
    "7.2.1",
)
FIGURES = {code: 100 + 7 * place for place, code in enumerate(FLOWS)}
OTHERS = {code: value + 3 for code, value in FIGURES.items()}
WORDS = {
    "I.1": "Quý II năm 2026 hoàn thành 12 nhiệm vụ.",
    "I.4": "Đã đăng 17 tin, bài.",
    "II.2": "Giải quyết 196 hồ sơ.",
}
LATER = {
    "I.1": "Quý III năm 2026 hoàn thành 15 nhiệm vụ.",
    "I.4": "Đã đăng 20 tin, bài.",
    "II.2": "Giải quyết 199 hồ sơ.",
}
FRESH = {section: text + " Nội dung mới của kỳ này." for section, text in LATER.items()}


def test_holds_where_the_figures_are_new_though_the_text_is_not(engine):
    send(engine, "2026-H1", FIGURES, words=WORDS)
    send(engine, "2026-Q3", OTHERS, words=LATER)
    assert found(engine, RULE) == []


def test_holds_where_the_text_is_new_though_the_figures_are_not(engine):
    send(engine, "2026-H1", FIGURES, words=WORDS)
    send(engine, "2026-Q3", FIGURES, words=FRESH)
    assert found(engine, RULE) == []


def test_a_report_with_only_the_dates_changed_is_found_with_the_evidence(engine):
    send(engine, "2026-H1", FIGURES, words=WORDS)
    send(engine, "2026-Q3", FIGURES | {"1.1.2": 5}, words=LATER)
    evidence = "12/13 số liệu phát sinh trùng (7.2.1 = 184; 3.4.7 = 177; 3.4.6 = 170), 3/3 mục thuyết minh trùng"
    assert found(engine, RULE) == [Fault("warning", "", "", "", evidence, "Số liệu và thuyết minh của kỳ này")]
    assert found(engine, "x01_opening_dossiers") == []


def test_last_years_report_is_looked_at_too_and_no_text_excuses_nothing(engine):
    send(engine, "2025-Q3", FIGURES)
    send(engine, "2026-Q3", FIGURES)
    assert len(found(engine, RULE)) == 1


def test_small_or_few_figures_and_stocks_say_nothing(engine):
    few = {code: FIGURES[code] for code in FLOWS[:11]} | {"1.1.1": 300, "4.2.1": 300}
    small = dict.fromkeys(FLOWS, 9)
    for period in ("2026-H1", "2026-Q3"):
        send(engine, period, few)
        send(engine, period, small, "10507")
    assert found(engine, RULE) == []
