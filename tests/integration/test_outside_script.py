"""A script that knows nothing but the contract: issues forms, fills them by code, sends them, adds up by itself.

It reads the public catalogue only for the kind of each figure, and does its own arithmetic with plain numbers.
"""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from cchc.catalogue.tables import rows

CATALOGUE = {row["code"]: row for row in rows("indicators")}
PARTS = [
    ("1.1.2", "1.1.1"),
    ("1.2.2", "1.2.1"),
    ("1.2.5", "1.2.4"),
    ("1.4.1b", "1.4.1a"),
    ("2.2.2", "2.2.1"),
    ("2.2.3", "2.2.2"),
    ("2.3.2", "2.3.1"),
    ("2.3.3", "2.3.2"),
    ("2.3.4", "2.3.3"),
    ("3.4.13a", "3.4.8"),
    ("3.4.14a", "3.4.1"),
    ("3.5.2", "3.5.1b"),
    ("4.2.2", "4.2.1"),
    ("5.1.1b", "5.1.1a"),
    ("5.1.2b", "5.1.2a"),
    ("5.3.1a", "5.3.1"),
    ("5.7.1a", "5.7.1"),
    ("5.7.2b", "5.7.2a"),
    ("6.1.2", "6.1.1"),
    ("7.2.2", "7.2.1"),
    ("7.2.4b", "7.2.4a"),
    ("7.4.1b", "7.4.1a"),
    ("7.4.3", "7.4.2"),
    ("7.5.1", "7.5.1t"),
    ("7.5.3", "7.5.3t"),
    ("7.5.5a", "7.5.1t"),
    ("7.6.1b", "7.6.1a"),
    ("7.6.2b", "7.6.2a"),
]


def _cchc(*arguments) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "cchc.cli", *map(str, arguments)], capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _table_cells(workbook):
    """Code and figure cell of every table row, found by the headings."""
    for sheet in workbook:
        columns = None
        for row in sheet.iter_rows():
            texts = [cell.value for cell in row]
            if "Mã số" in texts and "Số liệu" in texts:
                columns = texts.index("Mã số"), texts.index("Số liệu")
            elif columns and texts[columns[0]] in CATALOGUE:
                yield texts[columns[0]], row[columns[1]]


def _figures(codes, chance):
    figures = {}
    for code in codes:
        match CATALOGUE[code]["kind"]:
            case "count":
                figures[code] = chance.randint(10, 60)
            case "amount":
                figures[code] = chance.randint(100, 9000) / 10
            case "ratio":
                figures[code] = chance.randint(8500, 9990) / 100
            case _:
                figures[code] = 1
    f = figures
    f["3.4.2"], f["3.4.3"], f["3.4.4"] = chance.randint(300, 900), chance.randint(100, 300), chance.randint(5, 30)
    f["3.4.1"] = f["3.4.2"] + f["3.4.3"] + f["3.4.4"]
    f["3.4.9"] = f["3.4.10"] + f["3.4.11"]
    f["3.4.5"] = f["3.4.1"] - f["3.4.9"]
    f["3.4.7"] = f["3.4.5"] - f["3.4.6"] - f["3.4.8"]
    f["7.3.4"] = f["3.4.2"]
    for part, whole in PARTS:
        f[part] = min(f[part], f[whole])
    f["1.3.1"] = f["1.3.2"] + f["1.3.3"] + f["1.3.4"] + f["1.3.5"]
    f["2.1.3"] = f["2.1.1"] + f["2.1.2"]
    f["5.2.1"] = f["5.2.1a"] + f["5.2.1b"] + f["5.2.1c"]
    f["6.3.4"] = f["6.3.4a"] + f["6.3.4b"] + f["6.3.4c"]
    f["6.3.1"] = f["6.3.2"] + f["6.3.3"] + f["6.3.4"] + f["6.3.5"]
    return figures


def _own_arithmetic(code, sent):
    row = CATALOGUE[code]
    match row["rollup"]:
        case "sum":
            return sum(figures[code] for figures in sent)
        case "ratio":
            above = sum(_expression(row["numerator"], figures) for figures in sent)
            below = sum(_expression(row["denominator"], figures) for figures in sent)
            return 100 * above / below
        case "weighted":
            weights = sum(figures["1.4.1b"] for figures in sent)
            return sum(figures[code] * figures["1.4.1b"] for figures in sent) / weights
        case "count_yes":
            return sum(figures[code] == 1 for figures in sent)
    return None


def _expression(text, figures):
    signed = re.findall(r"([+-]?)([\d.]+[a-z]?)", text)
    return sum((-1 if sign == "-" else 1) * figures[code] for sign, code in signed)


@pytest.mark.timeout(300)
def test_every_total_and_ratio_equals_the_scripts_own(installation, tmp_path):
    listed = json.loads(_cchc("units", "--authority", "31", "--as-of", "2026-09-10", "--json"))["units"]
    communes = [unit["unit"] for unit in listed if unit["form"] == "commune"]
    assert len(communes) == 114
    chance, figures = random.Random(3), {}
    for unit in chance.sample(communes, 3):
        file = tmp_path / f"{unit}.xlsx"
        _cchc("template", "--unit", unit, "--period", "2026-Q3", "--out", file)
        workbook = load_workbook(file)
        cells = {code: cell for code, cell in _table_cells(workbook) if not CATALOGUE[code]["numerator"]}
        figures[unit] = _figures(cells, chance)
        for code, cell in cells.items():
            cell.value = figures[unit][code]
        workbook.save(file)
    *sent, withheld = figures
    assert json.loads(_cchc("check", tmp_path / f"{withheld}.xlsx", "--json"))["verdict"].startswith("accepted")
    files = [tmp_path / f"{unit}.xlsx" for unit in sent]
    _cchc("receive", *files, "--received-at", "2026-09-09T10:00:00+07:00")
    _cchc("ingest", "--json")
    made = json.loads(
        _cchc("consolidate", "--authority", "31", "--period", "2026-Q3", "--out", tmp_path / "out", "--json")
    )
    assert made["coverage"] == {"reported": 2, "expected": 129}
    annex = dict(_table_cells(load_workbook(made["files"]["xlsx"])))
    _compare(annex, [figures[unit] for unit in sent])
    _trace(Path(made["files"]["xlsx"]), annex["3.4.1"])


def _compare(annex, sent):
    compared = 0
    for code in sent[0].keys() | {code for code in annex if CATALOGUE[code]["rollup"] == "ratio"}:
        carried = code in sent[0] or all(
            operand in sent[0]
            for _, operand in re.findall(
                r"([+-]?)([\d.]+[a-z]?)", CATALOGUE[code]["numerator"] + "+" + CATALOGUE[code]["denominator"]
            )
        )
        own = _own_arithmetic(code, sent) if carried else None
        if own is not None:
            assert annex[code].value == pytest.approx(own, abs=1e-9), code
            compared += 1
    assert compared > 115


def _trace(xlsx, cell):
    found = json.loads(_cchc("trace", xlsx, f"{cell.parent.title}!{cell.coordinate}", "--json"))
    assert len({row["sha256"] for row in found["contributions"]}) == 2
    assert sum(row["value"] for row in found["contributions"]) == cell.value == found["value"]
