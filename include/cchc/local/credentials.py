"""Users and secrets of a local installation: made once, kept under its home, readable by its owner only."""

from __future__ import annotations

import base64
import csv
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

USERS_FILE = Path(__file__).with_name("users.csv")


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who can log in.

    Attributes:
        name: Login.
        role: Role of Airflow's simple auth manager: admin, op, user or viewer.
        portal_role: What the user may do in the portal.
        authorities: Authorities whose portal pages the user may see.
        what: Who that is, in Vietnamese.
    """

    name: str
    role: str
    portal_role: str
    authorities: tuple[str, ...]
    what: str


def users() -> list[User]:
    """The users of a fresh local installation, from ``users.csv``."""
    with USERS_FILE.open(encoding="utf-8", newline="") as lines:
        return [
            User(row["user"], row["role"], row["portal_role"], tuple(row["authorities"].split()), row["what"])
            for row in csv.DictReader(lines)
        ]


def passwords(directory: Path) -> dict[str, str]:
    """A password for each user; only those that are absent are made."""
    kept = _read(directory / "passwords.json")
    made = {user.name: kept.get(user.name) or secrets.token_urlsafe(9) for user in users()}
    return _keep(directory / "passwords.json", {**kept, **made})


def keys(directory: Path) -> dict[str, str]:
    """The keys Airflow signs and encrypts with."""
    kept = _read(directory / "keys.json")
    fernet = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
    fresh = {"fernet": fernet, "session": secrets.token_hex(32), "jwt": secrets.token_hex(32)}
    return _keep(directory / "keys.json", {**fresh, **kept})


def _read(path: Path) -> dict[str, str]:
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def _keep(path: Path, content: dict[str, str]) -> dict[str, str]:
    """Write only a change, never wider than the owner, never half a file."""
    if _read(path) != content:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            json.dump(content, out)
        fresh.replace(path)
    return content
