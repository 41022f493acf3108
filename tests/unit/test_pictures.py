"""Pictures of the guides: small, of a printed page or a screen, and each of them shown somewhere."""

import re
import struct
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
IMAGES = sorted((ROOT / "docs" / "images").glob("*.png"))
LARGEST = 150_000
TEXTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("path", IMAGES, ids=lambda path: path.name)
def test_a_picture_is_small_and_can_be_read(path):
    start = path.read_bytes()[:24]
    assert start[:8] == b"\x89PNG\r\n\x1a\n" and path.stat().st_size <= LARGEST
    width, height = struct.unpack(">II", start[16:24])
    assert min(width, height) >= 100 and max(width, height) <= 2000


def _shown():
    for text in TEXTS:
        for words, target in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", text.read_text(encoding="utf-8")):
            yield text, words, (text.parent / target).resolve()


def test_every_picture_shown_is_there_and_described():
    assert all(path.is_file() and words for _, words, path in _shown())


def test_every_picture_of_the_report_is_shown():
    made = {path.resolve() for path in IMAGES if path.name.startswith("report-")}
    assert made and made <= {path for _, _, path in _shown()}
