"""However a table is moved, widened, reordered and headed, the same figures come out of it."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cchc.parse import read
from cchc.parse.heads import CODE_SHAPE
from tests.workbooks import FIRST_ROW, changed, filled, form_of, told

HEAD = FIRST_ROW - 1
WIDTH = 6
FIGURE = 4
CASES = (("10993", "2026-Q3"), ("31-SNV", "2026-H1"), ("31", "2026-Y"))
FORMS = {case: filled(*case) for case in CASES}
CLEAN = {case: told(read(data)) for case, data in FORMS.items()}
SOME = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])

EXTRA = st.lists(st.tuples(st.integers(0, WIDTH), st.sampled_from(["", "Kế hoạch", "Kỳ trước", "Ý kiến"])), max_size=3)
LAYOUT = st.fixed_dictionaries(
    {
        "case": st.sampled_from(CASES),
        "down": st.integers(0, 12),
        "right": st.integers(0, 5),
        "order": st.permutations(range(WIDTH)),
        "extra": EXTRA,
        "blank_every": st.integers(2, 9),
        "again_every": st.integers(5, 30),
        "two_rows": st.booleans(),
        "shuffle": st.randoms(use_true_random=False) | st.none(),
    }
)


def laid_out(sheet, layout) -> None:
    """Write the sheet's table anew in another layout."""
    lines = [list(row) for row in sheet.iter_rows(min_row=HEAD, max_col=WIDTH, values_only=True)]
    titles = [sheet.cell(row, 1).value for row in range(1, HEAD)]
    sheet.delete_rows(1, sheet.max_row)
    columns = [list(column) for column in zip(*lines, strict=True)]
    columns = [columns[place] for place in layout["order"]]
    figure = layout["order"].index(FIGURE)
    for place, heading in layout["extra"]:
        at = min(place, len(columns))
        columns.insert(at, [heading or None] + [7 if heading else None] * (len(lines) - 1))
        figure += at <= figure
    head, *body = [list(row) for row in zip(*columns, strict=True)]
    heads = [head]
    if layout["two_rows"]:
        heads.append([None] * len(head))
        heads[1][figure] = "Trong kỳ" if layout["case"][1].endswith("Q3") else "Lũy kế"
    if layout["shuffle"] is not None:
        layout["shuffle"].shuffle(body)
    rows = [[title] for title in titles] + [[]] * layout["down"] + heads
    for number, line in enumerate(body, start=1):
        rows += [[]] if number % layout["blank_every"] == 0 else []
        rows += heads if number % layout["again_every"] == 0 else []
        rows.append(line)
    for number, line in enumerate(rows, start=1):
        for column, value in enumerate(line, start=1 + layout["right"]):
            formula = isinstance(value, str) and value.startswith("=")
            sheet.cell(number, column).value = None if formula else value


@SOME
@given(LAYOUT)
def test_a_table_reads_the_same_in_every_layout(layout):
    form, _ = form_of(*layout["case"])

    def change(book):
        for name in form.sheets.values():
            laid_out(book[name], layout)

    reading = read(changed(FORMS[layout["case"]], change))
    assert told(reading) == CLEAN[layout["case"]]
    assert reading.issues == ()


@settings(max_examples=300, deadline=None)
@given(st.lists(st.integers(0, 20), min_size=2, max_size=4), st.sampled_from(["", ".", " "]))
def test_what_looks_like_a_code_is_no_heading(numbers, end):
    assert CODE_SHAPE.fullmatch(".".join(map(str, numbers)) + end)
