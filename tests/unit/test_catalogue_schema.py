"""Every table of the catalogue keeps to its schema, and every datum names its source."""

import json

import jsonschema
import pytest
import yaml

from cchc.catalogue.tables import rows
from cchc.settings import DATA, SCHEMAS

TABLES = {
    **{
        name: name
        for name in (
            "indicators",
            "units",
            "departments",
            "offices",
            "companions",
            "units_former",
            "unit_predecessors",
            "areas",
            "forms",
            "report_kinds",
            "narrative_sections",
            "report_outlines",
            "report_slots",
            "report_charts",
            "unit_words",
            "answer_words",
            "bound_words",
            "digit_look_alikes",
            "look_alikes",
            "legacy_tcvn3",
            "legacy_vni",
            "syllables",
            "reading_modes",
            "missing_marks",
            "nothing_arose",
            "mail_texts",
            "notify_texts",
            "period_spellings",
            "unit_titles",
            "honesty",
            "unit_aliases",
            "unit_draft_codes",
            "headings",
            "reading_limits",
            "coverage_weights",
            "coverage_settings",
            "registers",
            "register_columns",
            "register_choices",
            "register_texts",
            "special_texts",
            "unit_lineage",
            "broken_windows",
            "comparison_limits",
            "comparison_texts",
            "cumulative_rules",
            "regime_clauses",
            "regime_reasons",
            "regime_rule_kinds",
            "weaknesses",
            "materiality",
            "unwalked_columns",
        )
    },
    **{f"forms/{form}": "form_rows" for form in ("commune", "department", "district", "authority")},
}


def _schema(name):
    return json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("table", TABLES)
def test_table_keeps_to_its_schema(table):
    jsonschema.validate(list(rows(table)), _schema(TABLES[table]))


@pytest.mark.parametrize("path", sorted((DATA / "regimes").glob("*.yaml")), ids=lambda path: path.stem)
def test_regime_keeps_to_its_schema(path):
    jsonschema.validate(yaml.safe_load(path.read_text(encoding="utf-8")), _schema("regime"))


def test_a_wrong_aggregation_is_refused():
    broken = [{**row} for row in rows("indicators")]
    broken[0]["rollup"] = "average"
    with pytest.raises(jsonschema.ValidationError, match="average"):
        jsonschema.validate(broken, _schema("indicators"))
