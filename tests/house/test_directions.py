"""Data flows one way: who may import whom, who may look at the clock, who may write what."""

import ast
from pathlib import Path

import pytest

from cchc.settings import REPOSITORY

PACKAGE = REPOSITORY / "include" / "cchc"
STAGES = {"collect", "parse", "validate", "load", "consolidate", "report", "notify"}
BASE = {"catalogue", "model", "store", "settings"}
COMMANDS = {path.stem for path in PACKAGE.glob("cli*.py")}
EDGES = {"portal", "local", "steps"} | COMMANDS
# The sample city fills in the form that the template issues: a tool beside the stages, not one of them.
ALLOWED = {"sample": {"template"}, "local": {"sample"}}
ALLOWED |= {name: COMMANDS | {"steps", "template", "sample", "report"} for name in COMMANDS}
FILES = sorted(PACKAGE.rglob("*.py"))


def _part(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def _imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def test_there_is_something_to_look_at():
    assert len(FILES) > 40
    assert {"collect", "parse", "validate", "load", "consolidate", "report"} <= {_part(path) for path in FILES}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_airflow_in_the_domain(path):
    assert not [name for name in _imports(path) if name.split(".")[0] == "airflow"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_part_imports_the_base_and_itself_only(path):
    part = _part(path)
    if part == "steps":
        return
    mine = {name.split(".")[1] for name in _imports(path) if name.startswith("cchc.")}
    allowed = BASE | {part} | ALLOWED.get(part, set()) | ({"steps"} if part in EDGES else set())
    if part in BASE:
        allowed = BASE
    assert mine <= allowed, f"{path.name} imports {sorted(mine - allowed)}"


CLOCK = {"now", "today", "utcnow"}
MAY_LOOK_AT_THE_CLOCK = {"steps/base.py", "cli.py", "collect/inbox.py"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_clock_in_the_domain(path):
    name = str(path.relative_to(PACKAGE))
    if name in MAY_LOOK_AT_THE_CLOCK or name.startswith("local/"):
        return
    calls = [
        node.func.attr
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    ]
    assert not CLOCK & set(calls), f"{name} looks at the clock"


def test_no_clock_in_sql():
    for path in sorted((REPOSITORY / "sql").rglob("*.sql")):
        text = path.read_text(encoding="utf-8").lower()
        assert not any(word in text for word in ("now()", "current_timestamp", "current_date")), path.name


def test_only_collect_touches_the_inbox():
    for path in FILES:
        if _part(path) not in ("collect", "settings"):
            assert "inbox_url" not in path.read_text(encoding="utf-8") or _part(path) == "local", path
