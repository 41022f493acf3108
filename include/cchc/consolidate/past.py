"""Earlier reports of an authority, those of the provinces that became it among them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Decimal, localcontext

from sqlalchemy import Connection

from cchc.catalogue import lineage, periods
from cchc.catalogue.indicators import by_code
from cchc.catalogue.periods import Period
from cchc.consolidate.totals import totals
from cchc.model.comparison import Piece, Share, Side
from cchc.model.consolidation import Earlier, EarlierFile, Total
from cchc.store.sqlfiles import statement

PLACES = Decimal("1e-10")
_ADDED = ("sum", "own", "count_yes")


@dataclass(slots=True)
class Past:
    """Totals of other periods as of the report's moment, each made once.

    Attributes:
        connection: The warehouse.
        authority: Whose report is made.
        day: Its units are those of this day.
        as_of: Versions received up to this moment count.
        printed: Authority and period of every total that a figure was made from.
    """

    connection: Connection
    authority: str
    day: date
    as_of: datetime
    printed: dict[tuple[str, str], None] = field(default_factory=dict)
    _shares: dict[str, tuple[Share, ...]] = field(default_factory=dict)
    _totals: dict[tuple[str, str], dict[str, Total]] = field(default_factory=dict)
    _tellers: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)

    def owners(self, period: Period) -> tuple[str, ...]:
        """Codes of the authorities of that period that are this one today."""
        return lineage.former_of(self.authority, period.window_to, self.day)

    def totals(self, owner: str, period: Period) -> dict[str, Total]:
        """Totals of an authority by code; empty where nobody reported to it."""
        key = (owner, period.code)
        if key not in self._totals:
            found = totals(self.connection, owner, period, self.as_of)
            self._totals[key] = {t.indicator: t for t in found} if any(t.reported for t in found) else {}
        return self._totals[key]

    def know(self, owner: str, period: Period, found: Iterable[Total]) -> None:
        """Take totals that were made already."""
        self._totals[owner, period.code] = {t.indicator: t for t in found}

    def side(self, period: Period, code: str) -> Side:
        """The figure of a period over all authorities that this one was then."""
        owners = self.owners(period)
        parts = [(owner, self.totals(owner, period).get(code)) for owner in owners]
        told = [(owner, total) for owner, total in parts if total is not None and total.reported]
        counts = (sum(t.reported for _, t in told), sum(t.expected for _, t in told))
        if not told:
            return Side(period.code, None, why="no_before")
        if len(told) < len(owners):
            return Side(period.code, None, *counts, why="no_former")
        if len(told) == 1:
            owner, total = told[0]
            piece = () if total.value is None else (piece_of(owner, period, total, "total", "addend"),)
            return self._noted(Side(period.code, total.value, *counts, piece, "" if piece else "no_before"))
        value, pieces = joined(period, told)
        return self._noted(Side(period.code, value, *counts, pieces, "" if pieces else "not_added"))

    def tellers(self, owner: str, period: Period, codes: Sequence[str]) -> dict[str, str]:
        """Who gave every operand of each of these ratios, as a word: equal words, the same units."""
        key = (owner, period.code)
        if key not in self._tellers:
            asked = {"authority": owner, "period": period.code, "as_of": self.as_of, "codes": list(codes)}
            found = self.connection.execute(statement("marts/tellers"), asked)
            self._tellers[key] = {row.code: row.units for row in found}
        return self._tellers[key]

    def earlier(self, own: Period) -> tuple[Earlier, ...]:
        """Every printed total of another period with its cells, in order of period and authority."""
        places = sorted(key for key in self.printed if key != (self.authority, own.code))
        return tuple(self._earlier(*place) for place in places)

    def shares(self, period: Period) -> tuple[Share, ...]:
        """Who took over which share of whom since a period; empty where nothing changed."""
        if period.code not in self._shares:
            asked = {"authority": self.authority, "since": period.window_to, "day": self.day}
            found = self.connection.execute(statement("marts/shares"), asked)
            self._shares[period.code] = tuple(Share(period.code, r.former, r.unit, r.weight) for r in found)
        return self._shares[period.code]

    def former_cells(self, period: Period, codes: Sequence[str] | None = None) -> Earlier:
        """The cells of a period behind restated figures, under a name of their own: no authority had these units."""
        units = sorted({share.former for share in self.shares(period) if share.weight})
        asked = {"units": units, "period": period.code, "as_of": self.as_of, "codes": _listed(codes)}
        found = self.connection.execute(statement("marts/former_cells"), asked)
        files = tuple(EarlierFile(**row._mapping) for row in found)
        return Earlier(f"{self.authority}~", period.code, (), files, tuple(codes or ()))

    def behind_series(self, kept: Iterable[Period], known: Iterable[str], codes: Sequence[str]) -> tuple[Earlier, ...]:
        """The cells of some figures of every period of a series, of those that are not printed otherwise.

        Args:
            kept: The periods.
            known: Codes of periods whose former units' cells are there already.
            codes: Of the cells.
        """
        whole, moved, found = set(self.printed), set(known), []
        for period in kept:
            if (self.authority, period.code) not in whole:
                found.append(self._earlier(self.authority, period.code, codes))
            if self.shares(period) and period.code not in moved:
                found.append(self.former_cells(period, codes))
        return tuple(found)

    def _earlier(self, owner: str, code: str, codes: Sequence[str] | None = None) -> Earlier:
        asked = {"authority": owner, "period": code, "as_of": self.as_of, "codes": _listed(codes)}
        found = self.connection.execute(statement("marts/earlier_cells"), asked)
        files = tuple(EarlierFile(**row._mapping) for row in found)
        known = self.totals(owner, periods.parse(code)).values()
        mine = tuple(total for total in known if codes is None or total.indicator in codes)
        return Earlier(owner, code, mine, files, tuple(codes or ()))

    def _noted(self, side: Side) -> Side:
        for piece in side.pieces:
            self.printed[piece.authority, piece.period] = None
        return side


def piece_of(owner: str, period: Period, total: Total, part: str, role: str, sign: int = 1) -> Piece:
    """A total, or one side of its ratio, as a part of another figure."""
    value = {"total": total.value, "numerator": total.numerator, "denominator": total.denominator}[part]
    assert value is not None
    return Piece(owner, period.code, total.indicator, part, role, sign, value)


def joined(period: Period, told: list[tuple[str, Total]]) -> tuple[Decimal | None, tuple[Piece, ...]]:
    """One figure from the totals of several authorities: sums are added, ratios made anew from their parts."""
    rollup = by_code()[told[0][1].indicator].rollup
    if all(t.numerator is not None and t.denominator is not None for _, t in told):
        sides = ("numerator", "denominator")
        pieces = tuple(piece_of(owner, period, total, side, side) for side in sides for owner, total in told)
        return quotient(pieces, told[0][1].indicator), pieces
    if (
        rollup not in _ADDED
        or any(total.value is None for _, total in told)
        or by_code()[told[0][1].indicator].computed
    ):
        return None, ()
    pieces = tuple(piece_of(owner, period, total, "total", "addend") for owner, total in told)
    return added(pieces), pieces


def added(pieces: Iterable[Piece], role: str = "addend") -> Decimal:
    """Sum of the pieces in a role."""
    with localcontext(prec=200):
        return sum((piece.sign * piece.value for piece in pieces if piece.role == role), Decimal(0))


def quotient(pieces: Iterable[Piece], code: str) -> Decimal | None:
    """The ratio of the pieces, in percent; None for a denominator of 0."""
    found = tuple(pieces)
    return rate(added(found, "numerator"), added(found, "denominator"), code)


def rate(top: Decimal, bottom: Decimal, code: str) -> Decimal | None:
    """A ratio in percent as it is stored; satisfaction is in percent already."""
    if not bottom:
        return None
    with localcontext(prec=200):
        return (scale_of(code) * top / bottom).quantize(PLACES, ROUND_HALF_EVEN)


def scale_of(code: str) -> int:
    """By what a quotient is multiplied to be in percent."""
    return 1 if by_code()[code].rollup == "weighted" else 100


def _listed(codes: Sequence[str] | None) -> list[str] | None:
    return None if codes is None else list(codes)
