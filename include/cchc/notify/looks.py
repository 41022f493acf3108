"""The colours of marks. Each is a shade of its own, so that a mark is known again when the file comes back."""

from __future__ import annotations

from cchc.model.finding import Severity

CRITICAL, WARNING, RELATED = "FFFF7B7B", "FFFFF200", "FFFFC48C"
"""Red, yellow and orange. The form's own entry cells are pale yellow; these stand out from them."""
FILLS = {Severity.CRITICAL: CRITICAL, Severity.WARNING: WARNING}
MARKS = frozenset({CRITICAL, WARNING, RELATED})
