"""The addresses of the portal. All read, none changes anything."""

from __future__ import annotations

import logging
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from cchc.portal import board as boards
from cchc.portal import editions as files
from cchc.portal import extracts, replies
from cchc.portal.access import NotFoundError, PortalDep, ScopeDep, VisibleDep
from cchc.portal.contract import PortalData
from cchc.portal.pages import link, only_part, render

log = logging.getLogger(__name__)
router = APIRouter()


@router.get("/", name="home")
def home(request: Request, open_to: VisibleDep) -> Response:
    """The board of the first authority that the visitor may see."""
    return RedirectResponse(link(request, "board", authority=open_to[0].code), status_code=303)


@router.get("/{authority}", name="board")
def board(
    request: Request,
    here: PortalDep,
    scope: ScopeDep,
    period: str = "",
    state: str = "",
    kind: str = "",
    q: str = "",
) -> Response:
    """Who has sent, who is late, who is missing."""
    code = scope.authority.code
    known = here.data.periods_known(code)
    if not known:
        return render(request, "nothing.html", scope=scope, tab="board")
    status = _status(here.data, code, known, period)
    wanted = boards.asked(state, kind, q)
    facts: dict[str, Any] = {"board": boards.make(status, wanted), "wanted": wanted, "scope": scope}
    facts["edition"] = next(iter(here.data.editions(code, status["period"])), None)
    facts["targets"] = here.data.edition_targets(code, status["period"])["targets"]
    if only_part(request):
        part = render(request, "_board.html", **facts, offered=files.offered)
        part.headers["HX-Replace-Url"] = link(request, "board", wanted.query(status["period"]), authority=code)
        return part
    return render(request, "board.html", **facts, offered=files.offered, periods=known, tab="board")


@router.get("/{authority}/editions", name="editions")
def editions(request: Request, here: PortalDep, scope: ScopeDep) -> Response:
    """Every edition of the authority's reports."""
    found = here.data.editions(scope.authority.code)
    return render(request, "editions.html", scope=scope, editions=found, offered=files.offered, tab="editions")


@router.get("/{authority}/editions/{edition_id}/{kind}", name="download")
def download(here: PortalDep, scope: ScopeDep, edition_id: str, kind: str) -> Response:
    """One file of an edition."""
    file = files.download(here.data.editions(scope.authority.code), edition_id, kind)
    log.info("%s downloads %s, sha256 %s", scope.visitor.name, file.name, file.sha256)
    headers = {"Content-Disposition": f'attachment; filename="{file.name}"', "ETag": f'"{file.sha256}"'}
    return Response(file.content, media_type=file.media_type, headers=headers)


@router.get("/{authority}/units/{unit}", name="unit")
def unit(request: Request, here: PortalDep, scope: ScopeDep, unit: str, period: str = "") -> Response:
    """What one unit sent, and what was found in it."""
    code = scope.authority.code
    status = _status(here.data, code, here.data.periods_known(code), period)
    row = boards.find(status, unit)
    if row is None:
        raise NotFoundError
    versions = here.data.unit_versions(status["period"], unit)
    facts = {"row": row, "versions": versions, "period": status["period"], "offered": replies.offered}
    facts["extract"] = extracts.offered(row)
    return render(request, "unit.html", scope=scope, tab="board", **facts)


@router.get("/{authority}/units/{unit}/{period}/extract", name="extract")
def extract(here: PortalDep, scope: ScopeDep, unit: str, period: str) -> Response:
    """A unit's own page, made now from what has come in; only for those who may see the unit's authority."""
    code = scope.authority.code
    status = _status(here.data, code, here.data.periods_known(code), period)
    row = boards.find(status, unit)
    if row is None:
        raise NotFoundError
    file = extracts.download(here.data, code, status["period"], row)
    log.info("%s downloads the extract of %s for %s", scope.visitor.name, row.unit, status["period"])
    return Response(file.content, media_type=file.media_type, headers={"Content-Disposition": file.disposition})


@router.get("/{authority}/units/{unit}/{period}/{submission_id}/{kind}", name="reply")
def reply(here: PortalDep, scope: ScopeDep, unit: str, period: str, submission_id: str, kind: str) -> Response:
    """One file of what goes back to a unit for one version, or that version as it came."""
    code = scope.authority.code
    status = _status(here.data, code, here.data.periods_known(code), period)
    if boards.find(status, unit) is None:
        raise NotFoundError
    file = replies.download(here.data, here.data.unit_versions(status["period"], unit), submission_id, kind)
    log.info("%s downloads the %s of %s", scope.visitor.name, kind, submission_id)
    return Response(file.content, media_type=file.media_type, headers={"Content-Disposition": file.disposition})


def _status(data: PortalData, authority: str, known: list[dict[str, Any]], wanted: str) -> dict[str, Any]:
    """The period asked for; unasked, the latest in which anything is due or has come.

    Raises:
        NotFoundError: No report of that period is owed to the authority.
    """
    codes = [period["code"] for period in known]
    if not codes or (wanted and wanted not in codes):
        raise NotFoundError
    found = (data.status(authority, code) for code in ([wanted] if wanted else codes))
    begun = next((status for status in found if status["not_due"] < status["expected"]), None)
    return begun or data.status(authority, wanted or codes[0])
