"""Who may see whose pages."""

from __future__ import annotations

from cchc.steps.base import engine


def grants(username: str) -> list[str]:
    """Authorities whose pages a user of the portal may see."""
    from cchc.store import access

    with engine().connect() as connection:
        return access.grants(connection, username)


def grant(username: str, authority: str, role: str = "viewer") -> None:
    """Let a user of the portal see an authority's pages."""
    from cchc.store import access

    with engine().begin() as connection:
        access.grant(connection, username, authority, role)


def revoke(username: str, authority: str) -> None:
    """Take a grant back."""
    from cchc.store import access

    with engine().begin() as connection:
        access.revoke(connection, username, authority)
