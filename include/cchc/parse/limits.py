"""How much of a file is read; far beyond any form, so that no file holds up the others."""

MOST_SHEETS = 200
MOST_ROWS = 20_000
MOST_COLUMNS = 16_384
MOST_CELLS = 4_000_000
"""Of all sheets together, between the first and the last one of each."""
MOST_FILLED = 1_000_000
"""Of all sheets together, up to the last one of each row that holds anything."""
