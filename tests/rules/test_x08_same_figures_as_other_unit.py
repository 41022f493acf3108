"""No unit sends another unit's dossier figures."""

from cchc import validate
from tests.rules.warehouse import FAR, NEAR, OWN, found, send, warning

RULE = "x08_same_figures_as_other_unit"
FIGURES = {f"3.4.{n}": 60 + n for n in range(1, 12)}


def test_holds_where_one_figure_differs(engine):
    send(engine, "2026-Q3", FIGURES, OWN)
    send(engine, "2026-Q3", {**FIGURES, "3.4.11": 9}, NEAR)
    assert found(engine, RULE) == []


def test_both_that_are_the_same_are_found_each_with_the_other(engine):
    send(engine, "2026-Q3", FIGURES, OWN)
    send(engine, "2026-Q3", FIGURES, NEAR)
    send(engine, "2026-Q3", {**FIGURES, "3.4.1": 500}, FAR)
    expected = "Số liệu của chính đơn vị"
    assert found(engine, RULE) == [warning("3.4.1", "2026-Q3", "61", expected)] * 2
    told = [f.message for of_one in validate.cross(engine, "2026-Q3").values() for f in of_one if f.rule == RULE]
    names = ["Phường Thành Đông", "Xã Thượng Hồng"]
    assert sorted(told) == [f"Các số liệu 3.4.1 đến 3.4.11 trùng hoàn toàn với đơn vị {name}." for name in names]


def test_small_or_incomplete_figures_say_nothing(engine):
    small = {code: value // 10 for code, value in FIGURES.items()}
    for unit in (OWN, NEAR):
        send(engine, "2026-Q3", small, unit)
    incomplete = {code: value for code, value in FIGURES.items() if code != "3.4.8"}
    for unit in (OWN, NEAR):
        send(engine, "2026-H1", incomplete, unit)
    assert found(engine, RULE) == found(engine, RULE, "2026-H1") == []
