"""A stop watch that reports to the process that asked."""

from __future__ import annotations

import json
import resource
import time
from collections.abc import Callable
from typing import Any


class Watch:
    """Seconds by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def time(self, stage: str, work: Callable[[], Any]) -> Any:
        """Run ``work`` and book its time under ``stage``."""
        started = time.perf_counter()
        result = work()
        self.seconds[stage] = time.perf_counter() - started
        return result

    def report(self, note: str) -> None:
        """Print one line of JSON for the process that asked."""
        peaks = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        print(json.dumps({"seconds": self.seconds, "peak_mb": max(peaks) / 1024, "note": note}))
