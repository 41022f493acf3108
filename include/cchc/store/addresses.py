"""Addresses of servers as one line, the way Airflow writes its connections too."""

from __future__ import annotations

import ipaddress
import json
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit


@dataclass(frozen=True, slots=True)
class Address:
    """An address taken apart.

    Attributes:
        scheme: For instance ``imaps``.
        host: Name or number of the server.
        port: Where it answers; 0 for the usual one.
        user: Who logs in, or empty.
        password: With what.
        path: Behind the host, for instance the folder of a mailbox.
        options: What follows the question mark; Airflow's extras too.
    """

    scheme: str
    host: str
    port: int
    user: str
    password: str
    path: str
    options: dict[str, str]

    @property
    def is_here(self) -> bool:
        """True for a server on this machine: what is said to it leaves it not."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


def parse(url: str, *schemes: str) -> Address:
    """Take an address apart.

    Raises:
        ValueError: If it is none of these schemes or names no server; the text does not repeat the password.
    """
    parts = urlsplit(url)
    if parts.scheme not in schemes or not parts.hostname:
        raise ValueError(f"the address must begin with {' or '.join(f'{scheme}://' for scheme in schemes)}")
    options = dict(parse_qsl(parts.query))
    extra = json.loads(options.pop("__extra__", "{}"))
    return Address(
        scheme=parts.scheme,
        host=parts.hostname,
        port=parts.port or 0,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        path=unquote(parts.path.strip("/")),
        options=options | {name: str(value).lower() for name, value in extra.items()},
    )
