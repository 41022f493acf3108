"""Computes simple formulas anew: sums, differences, products, quotients, roundings and conditions over cells.

Anything else is refused, never guessed. Nothing is executed: the tokens are walked, with a bound on all of it.
"""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from openpyxl.formula.tokenizer import Token, Tokenizer, TokenizerError
from openpyxl.formula.translate import Translator, TranslatorError
from openpyxl.utils import column_index_from_string, get_column_letter

from cchc.parse.grid import Grid

_LONGEST, _DEEPEST, _MOST_CELLS, _MOST_STEPS = 1000, 40, 5000, 20_000
_CELL = re.compile(
    r"(?:(?:'((?:[^']|'')+)'|([^'!\[\]]+))!)?"
    r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Za-z]{1,3})\$?([0-9]{1,7}))?"
)
_EXTERNAL = re.compile(r"\[\d+\]|\[[^\[\]]+\.(?:xls|ods|csv)\w*\]|'?file:", re.IGNORECASE)
_MOST_PLACES = 15

Node = tuple[Any, ...]
Source = Callable[[str, str], str | None]


class CannotError(Exception):
    """The formula is not one that can be computed here."""


def is_external(formula: str) -> bool:
    """True where the formula takes figures from another file."""
    return bool(_EXTERNAL.search(formula))


def moved(formula: str, origin: str, to: str) -> str:
    """A formula that a program shares between cells, as it reads in one of them; empty where that cannot be told."""
    try:
        return str(Translator(formula, origin).translate_formula(to))
    except (TranslatorError, TokenizerError, ValueError, IndexError, AssertionError, TypeError):
        return ""


@dataclass
class Sheets:
    """The workbook's cells, to compute over.

    Attributes:
        grids: Of the workbook.
        formula: Text of the formula in a cell of a sheet; empty for a special kind of it, None where there is none.
    """

    grids: Sequence[Grid]
    formula: Source
    _known: dict[tuple[str, str], float] = field(default_factory=dict)
    _open: set[tuple[str, str]] = field(default_factory=set)
    _steps: int = 0
    _looked_at: int = 0
    _filled: int = 0

    def computed(self, sheet: str, cell: str) -> float:
        """The figure that the formula of a cell gives.

        Raises:
            CannotError: If the cell holds no formula, one that is not simple, or one over nothing but empty cells.
        """
        place = (sheet, cell)
        if place not in self._known:
            if place in self._open or len(self._open) >= _DEEPEST:
                raise CannotError
            self._open.add(place)
            try:
                self._known[place] = self._anew(*place)
            except RecursionError as error:
                raise CannotError from error
            finally:
                self._open.discard(place)
        return self._known[place]

    def _anew(self, sheet: str, cell: str) -> float:
        node = _parsed(self.formula(sheet, cell) or "")
        before, self._looked_at, self._filled = (self._looked_at, self._filled), 0, 0
        try:
            value = self._evaluate(node, sheet)
            # What was never given is not zero.
            if self._looked_at and not self._filled:
                raise CannotError
            return self._number(value)
        finally:
            self._looked_at, self._filled = before

    def _evaluate(self, node: Node, sheet: str) -> Any:
        self._steps += 1
        if self._steps > _MOST_STEPS:
            raise CannotError
        match node:
            case ("value", value):
                return value
            case ("cells", words):
                return self._cells(words, sheet)
            case ("call", "IF", arguments):
                return self._chosen(arguments, sheet)
            case ("call", name, arguments):
                return _FUNCTIONS[name](self, [self._evaluate(argument, sheet) for argument in arguments])
            case ("op", sign, left, right):
                return self._joined(sign, self._evaluate(left, sheet), self._evaluate(right, sheet))
        raise CannotError

    def _chosen(self, arguments: Sequence[Node], sheet: str) -> Any:
        if len(arguments) not in (2, 3):
            raise CannotError
        if self._evaluate(arguments[0], sheet):
            return self._evaluate(arguments[1], sheet)
        return self._evaluate(arguments[2], sheet) if len(arguments) > 2 else False

    def _joined(self, sign: str, left: Any, right: Any) -> Any:
        one, other = self._number(left), self._number(right)
        if sign in _COMPARED:
            return _COMPARED[sign](one, other)
        try:
            return float(_ARITHMETIC[sign](one, other))
        except (ArithmeticError, KeyError, TypeError) as error:
            raise CannotError from error

    def _number(self, value: Any) -> float:
        """A figure to compute with; nothing counts as 0, words as nothing that can be computed with."""
        if isinstance(value, list):
            if len(value) != 1:
                raise CannotError
            value = value[0]
        if value is None:
            return 0.0
        if not isinstance(value, int | float) or not math.isfinite(value):
            raise CannotError
        return float(value)

    def _cells(self, words: str, sheet: str) -> list[Any]:
        found = _CELL.fullmatch(words)
        if not found:
            raise CannotError
        quoted, bare, left, top, right, bottom = found.groups()
        name = quoted.replace("''", "'") if quoted else bare or sheet
        grid = next((grid for grid in self.grids if grid.name.casefold() == name.casefold()), None)
        if grid is None:
            raise CannotError
        columns = range(_column(left), _column(right or left) + 1)
        rows = range(int(top), int(bottom or top) + 1)
        count = len(columns) * len(rows)
        self._steps += count
        if not 0 < count <= _MOST_CELLS:
            raise CannotError
        return [self._cell(grid, row, column) for row in rows for column in columns]

    def _cell(self, grid: Grid, row: int, column: int) -> Any:
        place, line = column - grid.left - 1, row - grid.top - 1
        inside = 0 <= line < len(grid.rows) and place >= 0
        shown = grid.value(line, place) if inside else ""
        address = f"{get_column_letter(column)}{row}"
        if self.formula(grid.name, address) is not None:
            shown = self._formula_cell(grid.name, address, shown)
        self._looked_at += 1
        self._filled += shown != ""
        return None if shown == "" else shown

    def _formula_cell(self, sheet: str, cell: str, shown: Any) -> Any:
        """What a formula gives; the result that the file carries where it cannot be computed here."""
        try:
            return self.computed(sheet, cell)
        except CannotError:
            if shown == "":
                raise
            return shown


def _column(letters: str) -> int:
    try:
        return int(column_index_from_string(letters.upper()))
    except ValueError as error:
        raise CannotError from error


def _parsed(formula: str) -> Node:
    if not formula or len(formula) > _LONGEST or is_external(formula):
        raise CannotError
    try:
        tokens = [token for token in Tokenizer(f"={formula.removeprefix('=')}").items if token.type != Token.WSPACE]
        parser = _Parser(tokens)
        node = parser.comparison()
    except (TokenizerError, IndexError, ValueError, AssertionError, RecursionError) as error:
        raise CannotError from error
    if parser.left:
        raise CannotError
    return node


class _Parser:
    """Precedence as in spreadsheet programs: a sign binds closer than a power, -3^2 is 9."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = list(tokens)
        self._at = 0
        self._depth = 0

    @property
    def left(self) -> bool:
        return self._at < len(self._tokens)

    def comparison(self) -> Node:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise CannotError
        node = self._chain(("=", "<", ">", "<=", ">=", "<>"), self._sum)
        self._depth -= 1
        return node

    def _sum(self) -> Node:
        return self._chain(("+", "-"), self._product)

    def _product(self) -> Node:
        return self._chain(("*", "/"), self._power)

    def _power(self) -> Node:
        return self._chain(("^",), self._signed)

    def _chain(self, signs: Sequence[str], part: Callable[[], Node]) -> Node:
        node = part()
        while self.left and self._next.type == Token.OP_IN and self._next.value in signs:
            sign = self._take().value
            node = ("op", sign, node, part())
        return node

    def _signed(self) -> Node:
        minus = False
        while self._next.type == Token.OP_PRE:
            minus ^= self._take().value == "-"
        node = self._operand()
        while self.left and self._next.type == Token.OP_POST:
            self._take()
            node = ("op", "/", node, ("value", 100))
        return ("op", "-", ("value", 0), node) if minus else node

    def _operand(self) -> Node:
        token = self._take()
        if token.type == Token.OPERAND:
            return _operand(token)
        if token.type == Token.PAREN and token.subtype == Token.OPEN:
            node = self.comparison()
            self._close()
            return node
        if token.type == Token.FUNC and token.subtype == Token.OPEN:
            name = token.value.rstrip("(").strip().upper()
            if name not in _FUNCTIONS:
                raise CannotError
            return ("call", name, self._arguments())
        raise CannotError

    def _arguments(self) -> list[Node]:
        found = [self.comparison()]
        while self._next.type == Token.SEP:
            self._take()
            found.append(self.comparison())
        self._close()
        return found

    def _close(self) -> None:
        if self._take().subtype != Token.CLOSE:
            raise CannotError

    @property
    def _next(self) -> Token:
        return self._tokens[self._at]

    def _take(self) -> Token:
        self._at += 1
        return self._tokens[self._at - 1]


def _operand(token: Token) -> Node:
    match token.subtype:
        case Token.NUMBER:
            return ("value", float(token.value))
        case Token.RANGE:
            return ("cells", token.value)
        case Token.TEXT:
            return ("value", token.value.strip('"'))
        case Token.LOGICAL:
            return ("value", token.value.upper() == "TRUE")
    raise CannotError


def _flat(arguments: Sequence[Any]) -> list[float]:
    """Numbers among the arguments; in a range, words and empty cells do not count."""
    found: list[float] = []
    for argument in arguments:
        if isinstance(argument, list):
            found += [float(v) for v in argument if isinstance(v, int | float) and not isinstance(v, bool)]
        elif isinstance(argument, int | float):
            found.append(float(argument))
        else:
            raise CannotError
    return found


def _rounded(sheets: Sheets, arguments: Sequence[Any]) -> float:
    if len(arguments) != 2:
        raise CannotError
    value, places = (sheets._number(argument) for argument in arguments)
    if abs(places) > _MOST_PLACES or abs(value) >= 10.0**_MOST_PLACES:
        raise CannotError
    return float(Decimal(repr(value)).quantize(Decimal(1).scaleb(-int(places)), ROUND_HALF_UP))


def _mean(arguments: Sequence[Any]) -> float:
    numbers = _flat(arguments)
    if not numbers:
        raise CannotError
    return math.fsum(numbers) / len(numbers)


def _one(sheets: Sheets, arguments: Sequence[Any], of: Callable[[float], float]) -> float:
    if len(arguments) != 1:
        raise CannotError
    return float(of(sheets._number(arguments[0])))


def _n(arguments: Sequence[Any]) -> float:
    """Words count as 0."""
    value = arguments[0][0] if isinstance(arguments[0], list) and arguments[0] else arguments[0]
    return float(value) if isinstance(value, int | float) else 0.0


_COMPARED: Mapping[str, Callable[[float, float], bool]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
}
_ARITHMETIC: Mapping[str, Callable[[float, float], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "^": operator.pow,
}
_FUNCTIONS: Mapping[str, Callable[[Sheets, Sequence[Any]], Any]] = {
    "SUM": lambda _, a: math.fsum(_flat(a)),
    "AVERAGE": lambda _, a: _mean(a),
    "MIN": lambda _, a: min(_flat(a), default=0.0),
    "MAX": lambda _, a: max(_flat(a), default=0.0),
    "ROUND": _rounded,
    "ABS": lambda s, a: _one(s, a, abs),
    "INT": lambda s, a: _one(s, a, math.floor),
    "N": lambda _, a: _n(a),
    "IF": lambda _, a: None,
}
