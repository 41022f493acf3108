"""Pages from templates: links that know where the application is mounted, values said in Vietnamese."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from cchc.portal import wording

TEMPLATES = Path(__file__).with_name("templates")


@cache
def environment() -> Environment:
    """Templates with escaping always on; a name that is not given is an error, not an empty string."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for words in (wording.label, wording.moment, wording.number, wording.span, wording.period_label, wording.due_text):
        made.filters[words.__name__] = words
    made.globals.update(labels=wording.labels, percent=wording.percent)
    return made


def render(request: Request, template: str, status: int = 200, **facts: Any) -> HTMLResponse:
    """A template as an answer."""
    who = getattr(request.state, "portal_visitor", None)
    text = environment().get_template(template).render(link=partial(link, request), visitor=who, **facts)
    return HTMLResponse(text, status)


def link(request: Request, route: str, query: dict[str, str] | None = None, **path: str) -> str:
    """Path of a route below the place where the application is mounted; empty words of the query are left out."""
    given = {key: value for key, value in (query or {}).items() if value}
    where = request.scope.get("root_path", "") + str(request.app.url_path_for(route, **path))
    return f"{where}?{urlencode(given)}" if given else where


def only_part(request: Request) -> bool:
    """True where htmx asks for the changed part; going back in the history asks for the whole page."""
    return "hx-request" in request.headers and "hx-history-restore-request" not in request.headers
