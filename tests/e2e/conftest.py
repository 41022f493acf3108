"""A sample city in a running web server, and a browser to look at it.

The server stands alone here: what the tests of the main job put into the shared installation would change the counts.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from cchc import sample, steps
from cchc.catalogue import periods
from cchc.local import credentials, service
from cchc.local.installation import Installation, free_port
from cchc.local.rest import Client
from cchc.store import access
from cchc.store import engine as warehouse
from tests.fixtures.airflow import home_of, short_home

AUTHORITY, PERIOD = "31", "2026-Q3"
SHARES = {"seed": 7, "defects": 0.06, "late": 0.08, "missing": 0.05}
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
expect.set_options(timeout=30_000)  # a busy machine is slow, not wrong


@dataclass(frozen=True)
class City:
    """What the pages must show: the documents of the steps, read while the server runs."""

    installation: Installation
    status: dict[str, Any]
    edition: dict[str, Any]

    @property
    def base_url(self) -> str:
        return self.installation.base_url

    def units(self, *standings: str) -> list[dict[str, Any]]:
        return [unit for unit in self.status["units"] if _standing(unit) in standings]

    @property
    def targets(self) -> list[dict[str, Any]]:
        with home_of(self.installation.settings.home):
            return steps.edition_targets(AUTHORITY, PERIOD)["targets"]

    def versions(self, unit: str) -> list[dict[str, Any]]:
        with home_of(self.installation.settings.home):
            return steps.unit_versions(PERIOD, unit)

    @contextmanager
    def without_grant(self, user: str, authority: str) -> Iterator[None]:
        with home_of(self.installation.settings.home) as settings:
            with warehouse.engine(settings).begin() as connection:
                access.revoke(connection, user, authority)
            try:
                yield
            finally:
                steps.grant(user, authority)

    def token(self, user: str) -> str:
        body = {"username": user, "password": self.installation.passwords[user]}
        return str(Client(self.base_url).call("POST", "/auth/token", body)["access_token"])


def _standing(unit: dict[str, Any]) -> str:
    if unit["state"] == "missing":
        return "rejected" if unit["verdict"] else "missing"
    return "late" if unit["late_by_hours"] else "on_time"


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """A quarter of the sample city, consolidated, behind Airflow's web server."""
    with short_home() as home, home_of(home) as settings:
        try:
            installation = service.prepare(settings, free_port(), print)
            _fill(tmp_path_factory.mktemp("city"))
            service.start(installation, print, ("api-server",))
            yield City(installation, steps.status(AUTHORITY, PERIOD), steps.editions(AUTHORITY, PERIOD)[0])
        finally:
            assert service.stop(settings) == []


def _fill(folder: Path) -> None:
    steps.db_upgrade()
    for user in credentials.users():
        for authority in user.authorities:
            steps.grant(user.name, authority, user.portal_role)
    for file in sample.city(AUTHORITY, periods.parse(PERIOD), folder, **SHARES)["files"]:
        steps.receive([folder / file["file"]], datetime.fromisoformat(file["received_at"]))
    steps.ingest()
    steps.consolidate(AUTHORITY, PERIOD)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium of the system."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if not program:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complained of in the portal: refused code or styles, failed requests, errors of scripts."""
    return []


@pytest.fixture
def context(browser: Browser, complaints: list[str]) -> Iterator[BrowserContext]:
    """A browser window of somebody who is not logged in."""
    window = browser.new_context(viewport={"width": 1280, "height": 800}, locale="vi-VN")
    window.set_default_timeout(90_000)  # a busy machine is slow, not wrong
    window.on("console", lambda message: complaints.append(message.text) if _of_the_portal(message) else None)
    window.on("weberror", lambda error: complaints.append(str(error.error)))
    yield window
    window.close()


def _of_the_portal(message: ConsoleMessage) -> bool:
    """Airflow's own pages have complaints of their own."""
    return message.type == "error" and "/cchc" in message.location["url"]


@pytest.fixture
def log_in(city: City, context: BrowserContext) -> Callable[..., Page]:
    """Log in at Airflow's login page, as a person does, on the way to an address."""

    def do(user: str, path: str = "/") -> Page:
        page = context.new_page()
        # The login page is a script of Airflow's: keys pressed before it listens are lost.
        page.goto(city.base_url + path, wait_until="networkidle")
        page.fill("input[name=username]", user)
        page.fill("input[name=password]", city.installation.passwords[user])
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "/auth/login" not in url)
        return page

    return do


@pytest.fixture(scope="session")
def pictures() -> Path:
    """Where photographs go; ``CCHC_PICTURES=docs/images`` renews those of the documentation."""
    folder = Path(os.environ.get("CCHC_PICTURES") or "var/test/pictures")
    folder.mkdir(parents=True, exist_ok=True)
    return folder
