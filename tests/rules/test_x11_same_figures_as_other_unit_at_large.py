"""No unit sends most of another unit's figures."""

from tests.rules.warehouse import FAR, NEAR, OWN, found, send, warning

RULE = "x11_same_figures_as_other_unit_at_large"
CODES = (
    "1.1.1",
    "1.1.2",
    "1.1.4",
    "1.2.1",
    "1.4.1a",
    "1.6.1",
    "1.6.2b",
    "3.4.1",
    "3.4.2",
    "3.4.5",
    "3.4.6",
    "4.2.1",
    "5.5.1",
)
FIGURES = {code: 100 + 7 * place for place, code in enumerate((*CODES, "6.1.1", "6.2.1", "7.2.1", "7.2.2", "7.2.4a"))}
OTHERS = {code: value + 1 for code, value in FIGURES.items()}


def test_holds_where_many_figures_differ(engine):
    send(engine, "2026-Q3", FIGURES, OWN)
    send(engine, "2026-Q3", FIGURES | {code: OTHERS[code] for code in CODES[:8]}, NEAR)
    assert found(engine, RULE) == []


def test_both_are_found_each_with_the_other_and_with_examples(engine):
    send(engine, "2026-Q3", FIGURES, OWN)
    send(engine, "2026-Q3", FIGURES | {"1.1.1": 5}, NEAR)
    send(engine, "2026-Q3", OTHERS, FAR)
    evidence = "17/17 số liệu trùng: 7.2.4a = 219; 7.2.2 = 212; 7.2.1 = 205"
    expected = warning("3.4.1", "2026-Q3", evidence, "Số liệu của chính đơn vị")
    assert found(engine, RULE) == [expected] * 2
    assert found(engine, "x08_same_figures_as_other_unit") == []


def test_small_or_few_figures_say_nothing(engine):
    for unit in (OWN, NEAR):
        send(engine, "2026-Q3", dict.fromkeys(FIGURES, 9), unit)
        send(engine, "2026-H1", {code: FIGURES[code] for code in CODES}, unit)
    assert found(engine, RULE) == found(engine, RULE, "2026-H1") == []
