"""A unit's own page as a workbook, for those who look after the unit."""

from __future__ import annotations

from cchc.portal.access import NotFoundError
from cchc.portal.board import Row
from cchc.portal.contract import PortalData
from cchc.portal.editions import MEDIA
from cchc.portal.replies import Reply


def offered(row: Row) -> bool:
    """True for a unit that owes a report; the authority itself has no peers to stand beside."""
    return row.kind != "authority" and row.standing != "exempt"


def download(data: PortalData, authority: str, period: str, row: Row) -> Reply:
    """The extract of a unit that owes this authority a report.

    Raises:
        NotFoundError: There is none for the unit.
    """
    if not offered(row):
        raise NotFoundError
    try:
        file = data.extract_file(authority, period, row.unit)
    except LookupError as cause:
        raise NotFoundError from cause
    return Reply(file["name"], MEDIA["xlsx"], file["content"])
