"""What a number format makes of a cell."""

from __future__ import annotations

import re

_NOT_A_SIGN = re.compile(r'"[^"]*"?|\\.|[_*].|\[[^\]]*\]', re.DOTALL)


def is_percent(code: str) -> bool:
    """True where the format shows a hundredfold; in ``0.0"%"`` the sign is mere text behind the number itself."""
    return "%" in code and "%" in _NOT_A_SIGN.sub("", code)
