"""What the portal needs from the outside: data to show and somebody who says who asks."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from fastapi import Request


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who is logged in.

    Attributes:
        name: Login name, the one that grants are given to.
        sees_all: True for an administrator, who may see every authority.
    """

    name: str
    sees_all: bool = False


class PortalData(Protocol):
    """The functions of ``cchc.steps`` that the portal shows; the module itself fulfils it."""

    def status(self, authority: str, period: str, as_of: datetime | None = None) -> dict[str, Any]:
        """The document of ``cchc status --json``."""

    def unit_versions(self, period: str, unit: str) -> list[dict[str, Any]]:
        """Versions of a unit, the newest first, with findings."""

    def reply_files(self, submission_id: str) -> dict[str, Any]:
        """What goes back for a submission: ``workbook``, ``receipt``, ``form``, ``original``, and their ``names``."""

    def editions(self, authority: str, period: str | None = None) -> list[dict[str, Any]]:
        """Editions of an authority, the newest first, with what they replace and what was noted after."""

    def extract_file(self, authority: str, period: str, unit: str) -> dict[str, Any]:
        """A unit's own page as a workbook: ``name`` and ``content``; LookupError where the unit owes nothing."""

    def edition_targets(self, authority: str, period: str) -> dict[str, Any]:
        """Targets as the newest edition judges them: its ``number`` and ``targets``."""

    def periods_known(self, authority: str) -> list[dict[str, Any]]:
        """Periods with obligations, the latest first: ``code``, ``label``, ``due_text``."""

    def grants(self, username: str) -> list[str]:
        """Authorities that a user may see."""


Identify = Callable[[Request], Awaitable[Visitor | None]]
"""Says who asks; None where nobody is logged in."""

LoginUrl = Callable[[str], str]
"""Address of the login page that leads back to the given path."""


@dataclass(frozen=True, slots=True)
class Portal:
    """What an application was made with."""

    data: PortalData
    identify: Identify
    login_url: LoginUrl
