"""Pages of the sheet by unit: no lone columns, no page too wide."""

import pytest

from cchc.catalogue.indicators import all_indicators
from cchc.report.sheet_units import strips


@pytest.mark.parametrize("areas", [[i.area for i in all_indicators()], [1] * 39 + [2] * 16, [1] * 14, [3] * 11 + [7]])
def test_areas_are_spread_evenly(areas):
    found = strips(areas)
    assert sum(found) == len(areas) and max(found) <= 13 and found[0] <= 11
    starts = {sum(found[:place]) for place in range(len(found))}
    assert {place for place in range(1, len(areas)) if areas[place] != areas[place - 1]} <= starts
    of_area = {areas[sum(found[:place])]: [] for place in range(len(found))}
    for place, number in enumerate(found):
        of_area[areas[sum(found[:place])]].append(number)
    assert all(max(numbers) - min(numbers) <= 1 for numbers in of_area.values())
