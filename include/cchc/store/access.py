"""Which user of the portal may see which authority."""

from __future__ import annotations

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert

from cchc.store.tables import portal_grant


def grant(connection: Connection, username: str, authority: str, role: str) -> None:
    """Let a user see an authority's pages; the same grant again changes its role."""
    new = insert(portal_grant).values(username=username, authority=authority, role=role)
    connection.execute(new.on_conflict_do_update(index_elements=["username", "authority"], set_={"role": role}))


def revoke(connection: Connection, username: str, authority: str) -> None:
    """Take a grant back; nothing happens where there was none."""
    connection.execute(
        portal_grant.delete().where(portal_grant.c.username == username, portal_grant.c.authority == authority)
    )


def grants(connection: Connection, username: str) -> list[str]:
    """Codes of the authorities that a user may see."""
    query = select(portal_grant.c.authority).where(portal_grant.c.username == username)
    return list(connection.scalars(query.order_by(portal_grant.c.authority)))
