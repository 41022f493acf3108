"""The house's measures: small files, short functions, a docstring on everything public, data with a source."""

import ast
import statistics
from pathlib import Path

import pytest

from cchc.settings import REPOSITORY

FILES = sorted((REPOSITORY / "include" / "cchc").rglob("*.py"))
DAGS = sorted((REPOSITORY / "dags").glob("*.py"))


def _functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def _length(node: ast.AST) -> int:
    return node.end_lineno - node.lineno + 1


@pytest.mark.parametrize("path", FILES, ids=lambda path: "/".join(path.parts[-2:]))
def test_a_file_is_no_manager_of_everything(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400
    long = {node.name: _length(node) for node in _functions(path) if _length(node) > 50}
    assert not long


def test_functions_are_short_on_the_whole():
    lengths = sorted(_length(node) for path in FILES for node in _functions(path))
    assert statistics.median(lengths) <= 10
    assert lengths[int(len(lengths) * 0.9)] <= 30


@pytest.mark.parametrize("path", FILES, ids=lambda path: "/".join(path.parts[-2:]))
def test_public_things_say_what_they_are(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), "module"
    public = [
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith("_")
    ]
    assert not [node.name for node in public if not ast.get_docstring(node)]


@pytest.mark.parametrize("path", DAGS, ids=lambda path: path.name)
def test_dags_only_wire(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 80


def test_skips_give_a_reason_that_ci_can_count():
    for path in sorted((REPOSITORY / "tests").rglob("test_*.py")):
        text = path.read_text(encoding="utf-8")
        if path != Path(__file__):
            assert "xfail" not in text and "importorskip" not in text, path


def test_decision_records_are_numbered_without_gaps():
    numbers = sorted(int(path.name[:4]) for path in (REPOSITORY / "docs" / "adr").glob("[0-9]*.md"))
    assert numbers == list(range(1, len(numbers) + 1)) and numbers
