"""Whatever bytes come in, a reading comes out."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cchc.catalogue import periods, units
from cchc.parse import read
from cchc.template import issue

Q3 = periods.parse("2026-Q3")
FORM = issue(units.find("10993", Q3.window_to), Q3, {"3.4.1": 5})
STARTS = st.sampled_from([b"", b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<html>"])
MANY = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@MANY
@given(STARTS, st.binary(max_size=2000))
def test_random_bytes_are_no_form(start: bytes, rest: bytes):
    reading = read(start + rest, "tep.xlsx")
    assert len(reading.issues) == 1
    assert not reading.readable or reading.issues[0].kind == "not_our_form"


@MANY
@given(st.integers(0, len(FORM)), st.binary(min_size=1, max_size=20), st.booleans())
def test_a_form_with_bytes_overwritten_gives_a_reading(at: int, noise: bytes, cut: bool):
    data = FORM[:at] + noise + (b"" if cut else FORM[at + len(noise) :])
    reading = read(data, "10993_2026-Q3.xlsx")
    assert reading.readable or len(reading.issues) == 1


@MANY
@given(st.text(max_size=60))
def test_any_file_name_will_do(name: str):
    assert read(b"", name).issues[0].kind == "empty_file"
