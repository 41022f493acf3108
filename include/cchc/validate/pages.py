"""Great Expectations' Data Docs: how each expectation fared on a batch, for whoever keeps the rules.

Slow, hence only on request. Written under the folder given, never into the repository.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cchc.catalogue.rules import suite
from cchc.model.submission import Reading
from cchc.validate.gate import INDEX, quiet_context
from cchc.validate.judgement import frames

if TYPE_CHECKING:
    import pandas as pd

_FORMAT = {"result_format": "COMPLETE", "unexpected_index_column_names": INDEX}


def data_docs(readings: Sequence[Reading], folder: Path) -> Path:
    """Build the pages of a batch; return the one to open.

    Args:
        readings: As they are judged together.
        folder: Root of the context, for instance ``settings.gx_dir``; made where absent.
    """
    folder.mkdir(parents=True, exist_ok=True)
    context = _file_context(folder)
    for name, frame in frames(readings).items():
        if len(frame):
            _validate(context, name, frame)
    context.build_data_docs()
    return folder / "gx" / "uncommitted" / "data_docs" / "local_site" / "index.html"


def _file_context(folder: Path) -> Any:
    quiet_context()  # silences the library before a context that would speak is made
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = gx.get_context(mode="file", project_root_dir=folder)
    context.variables.progress_bars = ProgressBarsConfig(globally=False, metric_calculations=False)
    return context


def _validate(context: Any, name: str, frame: pd.DataFrame) -> None:
    """Run the expectations of a suite that have a column to look at, and keep the result for the pages."""
    from great_expectations.core import ExpectationSuite, ValidationDefinition

    document = suite(name)
    present = [e for e in document["expectations"] if e["kwargs"]["column"] in frame.columns]
    kept = context.suites.add_or_update(ExpectationSuite(name=name, expectations=present, meta=document["meta"]))
    asset = context.data_sources.add_or_update_pandas(name).add_dataframe_asset(name)
    definition = ValidationDefinition(name=name, data=asset.add_batch_definition_whole_dataframe(name), suite=kept)
    context.validation_definitions.add_or_update(definition).run(
        batch_parameters={"dataframe": frame}, result_format=_FORMAT
    )
