"""Who may see what: everybody logs in, and sees the authorities granted to the account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from cchc.catalogue import regimes
from cchc.catalogue.regimes import Authority
from cchc.portal.contract import Portal, Visitor


class LoginRequiredError(Exception):
    """Nobody is logged in."""


class ForbiddenError(Exception):
    """The account may not see this."""


class NotFoundError(Exception):
    """There is no such thing, or not under this authority."""


@dataclass(frozen=True, slots=True)
class Scope:
    """One authority, opened to one visitor.

    Attributes:
        visitor: Who asks.
        authority: The consolidating body whose page this is.
        others: Every authority that the visitor may see, this one included.
    """

    visitor: Visitor
    authority: Authority
    others: tuple[Authority, ...]


def portal(request: Request) -> Portal:
    """What the application was made with."""
    found: Portal = request.app.state.portal
    return found


async def visitor(request: Request) -> Visitor:
    """Who asks.

    Raises:
        LoginRequiredError: Nobody known.
    """
    known = await portal(request).identify(request)
    if known is None:
        raise LoginRequiredError
    request.state.portal_visitor = known
    return known


PortalDep = Annotated[Portal, Depends(portal)]
VisitorDep = Annotated[Visitor, Depends(visitor)]


def visible(here: PortalDep, who: VisitorDep) -> tuple[Authority, ...]:
    """Authorities open to the visitor, in the order of the regimes.

    Raises:
        ForbiddenError: There is none.
    """
    known = regimes.authorities()
    granted = set(known) if who.sees_all else set(here.data.grants(who.name))
    found = tuple(authority for code, authority in known.items() if code in granted)
    if not found:
        raise ForbiddenError
    return found


VisibleDep = Annotated[tuple[Authority, ...], Depends(visible)]


def scope(authority: str, who: VisitorDep, open_to: VisibleDep) -> Scope:
    """The authority named in the address; an unknown one is refused like a forbidden one and so stays unknown.

    Raises:
        ForbiddenError: Not granted.
    """
    for candidate in open_to:
        if candidate.code == authority:
            return Scope(who, candidate, open_to)
    raise ForbiddenError


ScopeDep = Annotated[Scope, Depends(scope)]
