"""Values of frozen dataclasses as bytes and back, exactly: decimals stay decimals, moments keep their zone's offset.

A field that is new since the bytes were written takes its default; one that is gone is left out.
"""

from __future__ import annotations

import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from cchc.catalogue.periods import ZONE

Value = TypeVar("Value")
_Turn = Callable[[Any], Any]
_PLAIN = (str, int, bool, float, NoneType, Any)


def freeze(value: Any) -> bytes:
    """The value as compressed JSON; the same value gives the same bytes."""
    text = json.dumps(outward(value), ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode(), 6)


def outward(value: Any) -> Any:
    """The value as plain JSON values; decimals and moments as texts."""
    return _outward(_kind(value))(value)


def thaw(kind: type[Value], data: bytes) -> Value:
    """The value again.

    Raises:
        ValueError: If the bytes are not those of such a value.
    """
    try:
        told = json.loads(zlib.decompress(data))
    except (zlib.error, UnicodeDecodeError) as error:
        raise ValueError("not a frozen value") from error
    wanted: Any = kind
    found: Value = _inward(wanted)(told)
    return found


@cache
def _outward(kind: Any) -> _Turn:
    kind = _bare(kind)
    if kind is Decimal or kind is UUID:
        return _unless_none(str)
    if kind is bytes:
        return _unless_none(lambda value: b64encode(value).decode())
    if kind is datetime or kind is date:
        return _unless_none(lambda value: value.isoformat())
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _unless_none(lambda value: value.value)
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        parts = [(field.name, _outward(hints[field.name])) for field in fields(kind)]
        return _unless_none(lambda value: {name: turn(getattr(value, name)) for name, turn in parts})
    return _each(kind, _outward, list)


@cache
def _inward(kind: Any) -> _Turn:
    kind = _bare(kind)
    if kind is Decimal or kind is UUID:
        return _unless_none(kind)
    if kind is bytes:
        return _unless_none(b64decode)
    if kind is datetime:
        return _unless_none(lambda text: datetime.fromisoformat(text).astimezone(ZONE))
    if kind is date:
        return _unless_none(date.fromisoformat)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _unless_none(kind)
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        parts = {field.name: _inward(hints[field.name]) for field in fields(kind)}
        made: Callable[..., Any] = kind  # type: ignore[assignment]
        return _unless_none(lambda told: made(**{name: parts[name](told[name]) for name in told if name in parts}))
    return _each(kind, _inward, tuple)


def _each(kind: Any, turn: Callable[[Any], _Turn], row: Callable[[Any], Any]) -> _Turn:
    """How the members of a container are turned; what is plain stays as it is."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin is tuple and inner[-1] is Ellipsis:
        member = turn(inner[0])
        return _unless_none(lambda value: row(member(item) for item in value))
    if origin is tuple:
        members = [turn(item) for item in inner]
        return _unless_none(lambda value: row(m(v) for m, v in zip(members, value, strict=True)))
    if origin is dict:
        value_of, key_of = turn(inner[1]), turn(inner[0])
        return _unless_none(lambda value: {key_of(key): value_of(item) for key, item in value.items()})
    if kind in _PLAIN:
        return lambda value: value
    raise TypeError(f"cannot be frozen: {kind}")


def _kind(value: Any) -> Any:
    return type(value)


def _bare(kind: Any) -> Any:
    """``X`` for ``X | None``."""
    if get_origin(kind) in (Union, UnionType):
        inner = [item for item in get_args(kind) if item is not NoneType]
        if len(inner) != 1:
            raise TypeError(f"cannot be frozen: {kind}")
        return inner[0]
    return kind


def _unless_none(turn: _Turn) -> _Turn:
    return lambda value: None if value is None else turn(value)
