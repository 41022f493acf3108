"""Every quirk in every container where it can occur is read to its canonical value, or stopped with a question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path

import pytest

from cchc import parse, validate
from cchc.catalogue.rules import rules
from cchc.model.observation import ValueState
from cchc.model.submission import Judged
from tests.quirks import containers
from tests.quirks.cases import CONTAINERS, Case, all_cases, quirks, senseless
from tests.quirks.page import PAGE, page
from tests.quirks.workbooks import FILE_NAME, build, file_name, sound

pytestmark = pytest.mark.timeout(900)  # two programs convert the workbooks before the first test
PAIRS = [(case, container) for case in all_cases() for container in case.containers]
STATES = {"missing": (None, ValueState.MISSING), "nothing": (None, ValueState.CONFIRMED_ZERO)}
ZERO = (Decimal(0), ValueState.CONFIRMED_ZERO)


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Judged]:
    """Every case in every container, and the sound form under the name ``sound``; judged in one batch."""
    folder = tmp_path_factory.mktemp("quirks")
    plain = {str(case): build(case) for case in all_cases()} | {"sound": sound()}
    names = {str(case): file_name(case) for case in all_cases()} | {"sound": FILE_NAME}
    files = {(name, c): data for c in CONTAINERS for name, data in _in(c, plain, folder / c).items()}
    with ThreadPoolExecutor(4) as pool:
        readings = list(pool.map(lambda key: parse.read(files[key], f"{names[key[0]]}.{key[1]}"), files))
    return dict(zip(files, validate.judge(readings), strict=True))


def _in(container: str, plain: dict[str, bytes], folder: Path) -> dict[str, bytes]:
    asked = {"sound", *(str(case) for case, where in PAIRS if where == container)}
    wanted = {name: data for name, data in plain.items() if name in asked}
    if container in containers.BY_OFFICE:
        return containers.by_office(wanted, container, folder)
    return wanted if container == "xlsx" else {n: containers.by_hand(d, container) for n, d in wanted.items()}


def _found(judgement: Judged) -> Counter[str]:
    return Counter(finding.rule for finding in judgement.findings)


def _figures(judgement: Judged, leave_out: Iterable[str]) -> dict[str, tuple]:
    left = set(leave_out)
    seen = judgement.reading.observations
    return {o.indicator: (o.value, o.state) for o in seen if o.indicator not in left and not o.computed}


@pytest.mark.parametrize(("case", "container"), PAIRS, ids=str)
def test_is_read_or_asked_back(judged, case: Case, container: str):
    judgement, base = judged[str(case), container], judged["sound", container]
    assert set(_found(judgement) - _found(base)) == set(case.rules)
    assert all(finding.message and finding.fix for finding in judgement.findings)
    if case.expected == "unreadable":
        assert judgement.verdict == "unreadable"
        return
    changed = {code for code, _ in case.changes} | {case.at}
    assert _figures(judgement, changed) == _figures(judged["sound", "xlsx"], changed), "another figure has changed"
    if case.at:
        seen = next(o for o in judgement.reading.observations if o.indicator == case.at)
        assert (seen.value, seen.state) == _expected(case.expected)
        pointed = [f for f in judgement.findings if f.rule in case.rules]
        places = {(f.sheet, f.indicator or case.at) for f in pointed}  # a converted text is no figure of any row
        assert not case.rules or (seen.sheet, case.at) in places


def _expected(text: str) -> tuple:
    if text == "0 nothing":
        return ZERO
    return STATES.get(text) or (Decimal(text), ValueState.REPORTED)


@pytest.mark.parametrize("container", CONTAINERS)
def test_a_sound_form_is_accepted_in_every_container(judged, container: str):
    judgement = judged["sound", container]
    assert judgement.verdict.acceptable
    assert judgement.reading.container == container
    assert _figures(judgement, ()) == _figures(judged["sound", "xlsx"], ())


def test_a_question_stops_the_figure_and_a_warning_does_not():
    for case in all_cases():
        severities = {rules()[rule].severity.value for rule in case.rules}
        assert case.expected != "missing" or severities, case


def test_every_quirk_has_its_workbooks():
    assert {case.quirk for case in all_cases()} == set(quirks()) == set(range(1, 25))
    assert len({str(case) for case in all_cases()}) == len(all_cases())


def test_every_place_of_the_matrix_is_tested_or_says_why_not():
    tested = {(case.quirk, container) for case, container in PAIRS}
    everywhere = {(quirk, container) for quirk in quirks() for container in CONTAINERS}
    assert tested | set(senseless()) == everywhere
    assert not tested & set(senseless())


def test_the_same_workbook_every_time():
    for case in {case.edit: case for case in all_cases()}.values():
        assert build(case) == build(case), case


def test_the_page_is_the_data():
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m tests.quirks.page"
