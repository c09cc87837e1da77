"""From a found row, by column heading, to the `data` of an event."""

import re
from collections.abc import Mapping
from typing import Any

from dragoman.catalog.entries import Field, Trigger

_WHOLE = re.compile(r"-?[0-9]{1,40}")
_TRUE = frozenset({"1", "true", "yes", "y", "t", "on"})
_FALSE = frozenset({"0", "false", "no", "n", "f", "off"})


def data(trigger: Trigger, row: Mapping[str, Any]) -> dict[str, Any]:
    """Take each field from the first of its columns that holds something; case is ignored."""
    lowered = {name.lower(): value for name, value in row.items()}
    return {name: _value(field, lowered) for name, field in trigger.data.items()}


def _value(field: Field, row: Mapping[str, Any]) -> Any:
    for column in field.columns:
        value = row.get(column.lower())
        if value is not None and not (isinstance(value, str) and not value.strip()):
            return _cast(field.shape.kind, value)
    return None


def _cast(kind: str, value: Any) -> Any:
    """Numbers and yes-or-no arrive as text here and there; what cannot be read stays as it is."""
    match kind, value:
        case "string", str():
            return value.strip()
        case "integer", str() if _WHOLE.fullmatch(value.strip()):
            return int(value)
        case "boolean", str() if value.strip().lower() in _TRUE:
            return True
        case "boolean", str() if value.strip().lower() in _FALSE:
            return False
        case _:
            return value
