"""A small client of Airflow's REST interface: standard library only, JSON in and out."""

from __future__ import annotations

import json
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen


class RestError(Exception):
    """Airflow refused or did not answer."""


class Client:
    """Speaks to one API server as one user."""

    def __init__(self, base_url: str, user: str = "", password: str = "") -> None:
        """Log in where a user is given."""
        self.base_url = base_url.rstrip("/")
        self._token = ""
        if user:
            body = {"username": user, "password": password}
            self._token = self.call("POST", "/auth/token", body)["access_token"]

    def call(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """One request; the decoded answer.

        Raises:
            RestError: No answer, or one with an error status.
        """
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        data = json.dumps(body).encode() if body is not None else None
        request = Request(self.base_url + path, data=data, headers=headers, method=method)  # noqa: S310 - http only
        try:
            with urlopen(request, timeout=30) as answer:  # noqa: S310
                text = answer.read()
        except HTTPError as refused:
            raise RestError(f"{method} {path}: {refused.code} {refused.read()[:500]!r}") from refused
        except (URLError, OSError) as silent:
            raise RestError(f"{method} {path}: {silent}") from silent
        return json.loads(text) if text else None

    def health(self) -> dict[str, str]:
        """State of each component, for instance ``{"scheduler": "healthy"}``."""
        answer = self.call("GET", "/api/v2/monitor/health")
        return {name: part.get("status") or "" for name, part in answer.items() if part}

    def trigger(self, dag_id: str, conf: dict[str, Any]) -> str:
        """Start a run by hand; its id."""
        body = {"logical_date": None, "conf": conf}
        return str(self.call("POST", f"/api/v2/dags/{dag_id}/dagRuns", body)["dag_run_id"])

    def run(self, dag_id: str, run_id: str) -> dict[str, Any]:
        """One run as Airflow tells it."""
        return self.call("GET", f"/api/v2/dags/{dag_id}/dagRuns/{quote(run_id)}")

    def runs(self, dag_id: str, **conditions: str) -> list[dict[str, Any]]:
        """Runs of a DAG, newest first."""
        query = urlencode({"order_by": "-run_after", "limit": 100, **conditions})
        return self.call("GET", f"/api/v2/dags/{dag_id}/dagRuns?{query}")["dag_runs"]

    def tasks(self, dag_id: str, run_id: str) -> list[dict[str, Any]]:
        """Task instances of a run."""
        path = f"/api/v2/dags/{dag_id}/dagRuns/{quote(run_id)}/taskInstances?limit=500"
        return self.call("GET", path)["task_instances"]

    def result(self, dag_id: str, run_id: str, task_id: str) -> Any:
        """What a task returned."""
        path = f"/api/v2/dags/{dag_id}/dagRuns/{quote(run_id)}/taskInstances/{task_id}/xcomEntries/return_value"
        return self.call("GET", f"{path}?stringify=false")["value"]

    def ensure_pool(self, name: str, slots: int, description: str) -> None:
        """Make the pool where it is absent; leave the engineer's own size alone."""
        known = {pool["name"] for pool in self.call("GET", "/api/v2/pools?limit=100")["pools"]}
        if name not in known:
            body = {"name": name, "slots": slots, "description": description}
            self.call("POST", "/api/v2/pools", body)
