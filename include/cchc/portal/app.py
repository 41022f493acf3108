"""The application: routes, static files, what is said when something is refused, headers on every answer."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from cchc.portal.access import ForbiddenError, LoginRequiredError, NotFoundError
from cchc.portal.contract import Identify, LoginUrl, Portal, PortalData
from cchc.portal.editions import DamagedError
from cchc.portal.headers import ALWAYS, SecurityHeaders
from cchc.portal.pages import render
from cchc.portal.routes import router

_FILES = ("download", "reply", "extract")
"""Routes that give out a file: there is nothing to come back to after a login."""
STATIC = Path(__file__).with_name("static")


def create_app(data: PortalData, identify: Identify, login_url: LoginUrl) -> FastAPI:
    """The portal over some data, for people that ``identify`` knows.

    Args:
        data: What is shown; the module ``cchc.steps`` in an installation.
        identify: Says who asks.
        login_url: Where somebody unknown is sent, given the path to come back to.
    """
    app = FastAPI(title="CCHC", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.portal = Portal(data, identify, login_url)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.include_router(router)
    app.add_exception_handler(LoginRequiredError, _login)
    app.add_exception_handler(ForbiddenError, _forbidden)
    app.add_exception_handler(NotFoundError, _not_found)
    app.add_exception_handler(HTTPException, _not_found)
    app.add_exception_handler(DamagedError, _damaged)
    app.add_exception_handler(Exception, _failed)
    app.add_middleware(SecurityHeaders)
    return app


def _login(request: Request, _: Exception) -> Response:
    """A page leads to the login and back; a download and a machine get 401; htmx is told to leave the page."""
    where = f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path
    login = request.app.state.portal.login_url(where)
    if "hx-request" in request.headers:
        return Response(status_code=401, headers={"HX-Redirect": login})
    if _is_page(request):
        return RedirectResponse(login, status_code=303)
    return render(request, "login.html", 401, login=login)


def _is_page(request: Request) -> bool:
    asks_for_html = "text/html" in request.headers.get("accept", "")
    return asks_for_html and getattr(request.scope.get("route"), "name", "") not in _FILES


def _forbidden(request: Request, _: Exception) -> Response:
    return render(request, "forbidden.html", 403)


def _not_found(request: Request, cause: Exception) -> Response:
    return render(request, "not_found.html", cause.status_code if isinstance(cause, HTTPException) else 404)


def _damaged(request: Request, _: Exception) -> Response:
    return render(request, "damaged.html", 410)


def _failed(request: Request, _: Exception) -> Response:
    """Sent from outside the middleware, so it brings the headers itself; the cause goes on to the log."""
    page = render(request, "failed.html", 500)
    page.headers.update(ALWAYS)
    return page
