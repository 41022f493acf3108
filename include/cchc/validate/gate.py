"""Great Expectations, called directly: quiet, without a network, without leaving files behind.

A suite is plain JSON, a batch a frame. A run costs about six milliseconds for each expectation, whatever the rows:
hence one run for all files that came together, and none of expectations that have nothing to look at.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from cchc.catalogue.rules import suite

if TYPE_CHECKING:
    import pandas as pd
    from great_expectations.core import ExpectationSuite
    from great_expectations.core.batch_definition import BatchDefinition
    from great_expectations.data_context import EphemeralDataContext

Address = tuple[int, int]
"""Ordinal of the reading in the batch, and of the row within the reading."""
INDEX = ["reading", "row"]


def broken(name: str, frame: pd.DataFrame) -> list[tuple[str, Address]]:
    """Run a suite over one batch; return the rule and the address of each row that breaks it.

    Args:
        name: Of the suite, ``expectations/suites/<name>.json``.
        frame: Holds the columns of ``INDEX`` and those that the suite looks at.

    Raises:
        RuntimeError: If an expectation could not be evaluated: that is a fault of ours, not of the file.
    """
    wanted = tuple(_speaking(name, frame))
    if not wanted:
        return []
    batch = _batch_definition(name).get_batch(batch_parameters={"dataframe": frame})
    outcome = batch.validate(
        _suite(name, wanted),
        result_format={"result_format": "COMPLETE", "unexpected_index_column_names": INDEX},
    )
    return [found for result in outcome.results for found in _addresses(result)]


@cache
def quiet_context() -> EphemeralDataContext:
    """A context in memory that prints nothing, shows no progress and calls nobody."""
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    logging.getLogger("great_expectations").setLevel(logging.WARNING)
    import great_expectations as gx
    from great_expectations.data_context.types.base import (
        DataContextConfig,
        InMemoryStoreBackendDefaults,
        ProgressBarsConfig,
    )

    config = DataContextConfig(
        # By default it would make a temporary folder for pages that nobody asked for.
        store_backend_defaults=InMemoryStoreBackendDefaults(init_temp_docs_sites=False),
        progress_bars=ProgressBarsConfig(globally=False, metric_calculations=False),
        analytics_enabled=False,
    )
    return gx.get_context(mode="ephemeral", project_config=config)


def check_evaluated(result: Any) -> None:
    """Refuse a result that an exception stands behind.

    Raises:
        RuntimeError: With the rule and the exception.
    """
    info = result.exception_info or {}
    # One exception, or several by metric id.
    for trouble in [info] if "raised_exception" in info else info.values():
        if trouble.get("raised_exception"):
            rule = result.expectation_config.meta["rule"]
            raise RuntimeError(f"{rule} could not be evaluated: {trouble.get('exception_message')}")


def _speaking(name: str, frame: pd.DataFrame) -> Iterator[int]:
    """Places in the suite of expectations that have something to look at; the others hold by definition."""
    filled = {str(column) for column in frame.columns if frame[column].notna().any()}
    for place, expectation in enumerate(suite(name)["expectations"]):
        if expectation["kwargs"]["column"] in filled:
            yield place


@cache
def _suite(name: str, places: Sequence[int]) -> ExpectationSuite:
    from great_expectations.core import ExpectationSuite

    document = suite(name)
    return ExpectationSuite(name=name, expectations=[document["expectations"][place] for place in places])


@cache
def _batch_definition(name: str) -> BatchDefinition:
    asset = quiet_context().data_sources.add_or_update_pandas(name).add_dataframe_asset(name)
    return asset.add_batch_definition_whole_dataframe(name)


def _addresses(result: Any) -> Iterator[tuple[str, Address]]:
    check_evaluated(result)
    rule = result.expectation_config.meta["rule"]
    for row in result.result.get("unexpected_index_list") or ():
        yield rule, (int(row["reading"]), int(row["row"]))
