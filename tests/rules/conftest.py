"""Judges the cases of every rule's test as one batch, as files that came together are judged.

A test module names its readings in ``CASES`` and asks for ``found``: the faults that its own rule, the one it is
named after, finds in a case. Each case is thereby also a bystander of every other.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from types import ModuleType

import pytest

from cchc import validate
from cchc.model.submission import Judged
from tests.rules.factory import Fault, seen_in


@pytest.fixture(scope="session")
def outcomes(request: pytest.FixtureRequest) -> dict[tuple[str, str], Judged]:
    """Judgement of every case of the session, by module and name."""
    seen: dict[str, ModuleType] = {item.module.__name__: item.module for item in request.session.items}
    modules = {name: module for name, module in seen.items() if name.startswith(__package__)}
    cases = {
        (name, case): reading
        for name, module in modules.items()
        for case, reading in getattr(module, "CASES", {}).items()
    }
    return dict(zip(cases, validate.judge(list(cases.values())), strict=True))


@pytest.fixture
def judged(request: pytest.FixtureRequest, outcomes) -> Callable[[str], Judged]:
    """The judgement of one of the module's cases."""
    return lambda case: outcomes[request.module.__name__, case]


@pytest.fixture
def found(request: pytest.FixtureRequest, judged) -> Callable[[str], list[Fault]]:
    """What the module's rule finds in one of its cases."""
    rule = request.module.__name__.rpartition("test_")[2]

    def of_case(case: str) -> list[Fault]:
        findings = [finding for finding in judged(case).findings if finding.rule == rule]
        for finding in findings:
            assert finding.message and finding.fix
            assert not re.search(r"\{\w+\}|  |\(\)", finding.message + finding.fix), "a placeholder stayed empty"
        return [seen_in(finding) for finding in findings]

    return of_case
