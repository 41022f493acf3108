"""Registers the portal with Airflow: an application under ``/cchc`` and a line in the menu, behind Airflow's login.

Every Airflow process loads this file, so the application is made only where a request for it arrives.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from airflow.configuration import conf
from airflow.plugins_manager import AirflowPlugin

if TYPE_CHECKING:
    from fastapi import FastAPI, Request
    from starlette.types import Receive, Scope, Send

    from cchc.portal.contract import Visitor

ROOT = urlsplit(conf.get("api", "base_url", fallback="")).path.rstrip("/")


async def identify(request: Request) -> Visitor | None:
    """Who asks, as Airflow's auth manager knows it from cookie or token; None for nobody or an invalid one."""
    from airflow.api_fastapi.core_api.security import bearer_scheme, get_user
    from fastapi import HTTPException

    from cchc.portal.contract import Visitor

    try:
        user: Any = await get_user(request, None, await bearer_scheme(request))
    except HTTPException:
        return None
    # One role in the simple auth manager, several in FAB's.
    roles = {getattr(user, "role", None), *(role.name for role in getattr(user, "roles", ()))}
    return Visitor(user.get_name(), "admin" in {str(role).lower() for role in roles})


def login_url(back: str) -> str:
    """Airflow's login, whichever auth manager is in use, leading back to a path."""
    return f"{ROOT}/api/v2/auth/login?{urlencode({'next': back})}"


@cache
def portal() -> FastAPI:
    """The application over the data of this installation."""
    from cchc import steps
    from cchc.portal.app import create_app

    return create_app(steps, identify, login_url)


async def serve(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one request."""
    await portal()(scope, receive, send)


class CchcPortalPlugin(AirflowPlugin):
    """Where the portal stands in Airflow."""

    name = "cchc_portal"
    fastapi_apps = [{"name": "Theo dõi báo cáo CCHC", "app": serve, "url_prefix": "/cchc"}]
    external_views = [
        {
            "name": "CCHC",  # what is longer is cut off in the menu
            "href": f"{ROOT}/cchc/",
            "destination": "nav",
            "url_route": "cchc",
            "nav_top_level": True,
            "icon": f"{ROOT}/cchc/static/icon.svg",
        }
    ]
