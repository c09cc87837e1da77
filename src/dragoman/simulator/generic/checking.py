"""What is wrong with what was asked, as the entry has it and in the words of a validator."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from dragoman.kernel import jsons
from dragoman.simulator.generic import texts
from dragoman.simulator.generic.asking import Asked
from dragoman.simulator.generic.entries import Input

if TYPE_CHECKING:
    from jsonschema_rs import ValidationError, Validator

_BOUNDS = {
    "minimum": "must not be less than {}",
    "maximum": "must not be greater than {}",
    "minLength": "must be longer than or equal to {} characters",
    "maxLength": "must be shorter than or equal to {} characters",
    "minItems": "must contain at least {} elements",
    "maxItems": "must contain no more than {} elements",
    "pattern": "must match {} regular expression",
}
_TYPES = {
    "string": "a string",
    "integer": "an integer number",
    "number": "a number conforming to the specified constraints",
    "boolean": "a boolean value",
    "array": "an array",
    "object": "an object",
}


@dataclass(frozen=True, slots=True)
class Problem:
    name: str
    """Of the input."""
    said: str
    """A sentence, as HighLevel's validator would have it."""
    missing: bool = False
    keyword: str = ""
    """What of the input's schema does not hold."""


def problems(asked: Asked) -> list[Problem]:
    """All that is wrong. What the entry does not know is passed over."""
    return [wrong for one, value in asked.given for wrong in _problems(one, value, asked)]


def _problems(one: Input, value: Any, asked: Asked) -> Iterator[Problem]:
    value = asked.files.get(one.name) if one.place == "file" else value
    if value == "" or (value is None and "null" not in texts.kinds(one.schema)):
        if one.required:
            yield Problem(one.name, f"{one.name} should not be empty", missing=True)
    elif one.place == "file":
        yield from _file(one, *asked.files[one.name])
    else:
        for fault in _validator(jsons.canonical(one.schema)).iter_errors(value):
            yield Problem(one.name, _sentence(one.name, fault), keyword=fault.kind.name)


def _file(one: Input, name: str, size: int) -> Iterator[Problem]:
    if one.types and name.rpartition(".")[2].lower() not in one.types:
        yield Problem(
            one.name, f"{one.name} must be one of {', '.join(one.types)}", keyword="types"
        )
    if one.most and size > one.most:
        yield Problem(one.name, f"{one.name} must not be over {one.most} bytes", keyword="most")


@cache
def _validator(schema: bytes) -> "Validator":
    """Made once for each schema, which comes as text because a mapping has no hash."""
    from jsonschema_rs import validator_for  # noqa: PLC0415  # 26 ms, as in `entries`

    return validator_for(jsons.decode(schema))


def _sentence(name: str, fault: "ValidationError") -> str:
    keyword, limit = fault.kind.name, getattr(fault.kind, "value", None)
    place = ".".join([name, *(str(step) for step in fault.instance_path)])
    match keyword:
        case "required":
            return f"{place}.{limit} should not be empty"
        case "enum":
            words = ", ".join(str(one) for one in fault.kind.as_dict()["options"])
            return f"{place} must be one of the following values: {words}"
        case "type":
            return f"{place} must be {_type(limit)}"
        case _:
            return f"{place} {_BOUNDS.get(keyword, 'is invalid').format(limit)}"


def _type(said: Any) -> str:
    first = said if isinstance(said, str) else said[0]
    return _TYPES.get(first, first)
