"""What is written first by most: a loop over files with pandas, one GX run and one to_sql each."""

from __future__ import annotations

import contextlib
import io
import logging
import os
from pathlib import Path
from typing import Any

from tests.bench.watch import Watch

IDENTITIES = (
    ("3.4.1", ("3.4.2", "3.4.3", "3.4.4")),
    ("3.4.1", ("3.4.5", "3.4.9")),
    ("3.4.5", ("3.4.6", "3.4.7", "3.4.8")),
    ("3.4.9", ("3.4.10", "3.4.11")),
    ("1.3.1", ("1.3.2", "1.3.3", "1.3.4", "1.3.5")),
)
NEVER_NEGATIVE = ("3.4.1", "3.4.5", "3.4.9", "1.3.1", "7.2.1", "4.2.1", "6.1.1")


def run(home: Path, files: list[str]) -> None:
    """Files to one flat workbook of totals, file by file."""
    os.environ["CCHC_HOME"] = str(home / "n")
    import great_expectations as gx
    import pandas as pd

    from cchc import settings
    from cchc.store import engine as warehouse
    from cchc.store import server

    logging.disable(logging.WARNING)
    os.environ["TQDM_DISABLE"] = "1"
    engine = warehouse.engine(settings.load())
    context = gx.get_context(mode="ephemeral")
    source = context.data_sources.add_pandas("naive")
    asset = source.add_dataframe_asset("figures").add_batch_definition_whole_dataframe("all")
    suite = gx.ExpectationSuite("naive", expectations=_expectations(gx))
    watch = Watch()
    frames = watch.time("parse", lambda: [_figures(pd, file) for file in files])
    watch.time("validate", lambda: [_check(asset, suite, frame) for frame in frames])
    watch.time("load", lambda: [frame.to_sql("naive", engine, if_exists="append") for frame in frames])

    def consolidate() -> Any:
        everything = pd.read_sql("SELECT * FROM naive", engine)
        return everything.drop(columns=["index", "unit"]).sum(numeric_only=True)

    totals = watch.time("consolidate", consolidate)
    watch.time("report xlsx", lambda: totals.to_excel(home / "naive.xlsx"))
    server.stop(settings.load())
    rules = len(IDENTITIES) + len(NEVER_NEGATIVE)
    watch.report(f"naive way: {rules} expectations a file, sums only, no source cells, no document")


def _figures(pd: Any, file: str) -> Any:
    """One row for one file, a column a code."""
    row: dict[str, Any] = {"unit": Path(file).name}
    for sheet in pd.read_excel(file, sheet_name=None, header=None, dtype=object, engine="openpyxl").values():
        for cells in sheet.itertuples(index=False):
            texts = [cell for cell in cells if isinstance(cell, str) and cell[:2] in {f"{n}." for n in range(1, 8)}]
            numbers = [cell for cell in cells if isinstance(cell, int | float) and cell == cell]
            if texts and numbers:
                row[texts[0]] = float(numbers[-1])
    return pd.DataFrame([row]).reindex(columns=["unit", *sorted(_codes())])


def _codes() -> set[str]:
    from cchc.catalogue import forms

    return {row.indicator.code for row in forms.form("commune", "Q3").rows if not row.indicator.computed}


def _expectations(gx: Any) -> list[Any]:
    identities = [
        gx.expectations.ExpectColumnValuesToBeBetween(column=f"gap_{n}", min_value=0, max_value=0)
        for n, _ in enumerate(IDENTITIES)
    ]
    signs = [gx.expectations.ExpectColumnValuesToBeBetween(column=code, min_value=0) for code in NEVER_NEGATIVE]
    return identities + signs


def _check(asset: Any, suite: Any, frame: Any) -> bool:
    wide = frame.copy()
    for n, (whole, parts) in enumerate(IDENTITIES):
        wide[f"gap_{n}"] = wide[whole] - sum(wide[part] for part in parts)
    with contextlib.redirect_stderr(io.StringIO()):
        return bool(asset.get_batch(batch_parameters={"dataframe": wide}).validate(suite).success)
