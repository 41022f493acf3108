"""The small quarter's workbook and document, part by part, as they were approved."""

import pytest

from tests.golden.parts import FOLDER, PARTS, written


@pytest.fixture(scope="module", params=sorted(PARTS))
def parts(request):
    return written(request.param)


def test_every_part_is_as_approved(parts):
    changed = [name for name, text in parts.items() if (FOLDER / name).read_text(encoding="utf-8") != text]
    assert not changed, "read the difference, then: .venv/bin/python -m tests.golden.parts"


def test_no_approved_part_is_left_over():
    names = {name for kind in PARTS for name in written(kind)}
    assert {path.name for path in FOLDER.iterdir()} == names
