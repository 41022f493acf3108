"""A rate does not lie far from those of all other units of its kind."""

import pytest

from cchc import validate
from cchc.catalogue import periods, units
from tests.rules.warehouse import found, send, warning

RULE = "x15_far_from_peers"
PEERS = [u.code for u in units.units_of("31", periods.parse("2026-Q3").window_to) if u.form == "commune"][:11]


@pytest.fixture
def city(engine):
    """Eleven communes that settle 94 to 99 of a hundred in time, 20 dossiers for each official."""

    def fill(odd: dict[str, int], number: int = len(PEERS), size: int = 1000) -> None:
        for place, unit in enumerate(PEERS[:number]):
            late = size * (place % 6 + 1) // 100
            usual = {"3.4.5": size, "3.4.6": 0, "3.4.7": size - late, "3.4.1": size + 200 + place, "4.2.2": size // 20}
            send(engine, "2026-Q3", usual | (odd if place == 3 else {}), unit)

    return fill


def test_holds_where_nobody_is_far_off(engine, city):
    city({})
    assert found(engine, RULE) == []


def test_a_low_share_is_found_with_the_median_in_words(engine, city):
    city({"3.4.7": 600})
    told = "tỷ lệ 3.4.12 là 60%"
    expected = "trung vị của 11 xã, phường, đặc khu là 97%"
    assert found(engine, RULE) == [
        warning("3.4.6", "2026-Q3", told, "trung vị của 11 xã, phường, đặc khu là 97", PEERS[3])
    ]
    message = next(f.message for of_one in validate.cross(engine, "2026-Q3").values() for f in of_one if f.rule == RULE)
    assert told in message and expected.rstrip("%") in message


def test_a_rate_per_head_is_found(engine, city):
    city({"3.4.1": 9000})
    told = "3.4.1/4.2.2 là 180"
    assert found(engine, RULE) == [
        warning("3.4.1", "2026-Q3", told, "trung vị của 11 xã, phường, đặc khu là 24,1", PEERS[3])
    ]


def test_few_peers_small_numbers_or_a_missing_part_say_nothing(engine, city):
    city({"3.4.7": 600}, number=9)
    assert found(engine, RULE) == []


def test_small_denominators_say_nothing(engine, city):
    city({"3.4.7": 5}, size=25)
    assert found(engine, RULE) == []
