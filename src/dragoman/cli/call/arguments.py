"""`name=value` words as the operation's input."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from dragoman.catalog.entries import Operation, Parameter
from dragoman.catalog.names import did_you_mean
from dragoman.cli.failures import Misuse
from dragoman.kernel import jsons
from dragoman.kernel.errors import BadInput
from dragoman.web import uploads

_TEXT = "string"
_TRUE, _FALSE = frozenset({"true", "yes", "on"}), frozenset({"false", "no", "off"})


def read(operation: Operation, words: Sequence[str]) -> dict[str, Any]:
    """Read the words.

    Raises:
        Misuse: a word is no `name=value`, a name is unknown, a value does not fit its type, or a
            file cannot be read.
    """
    found: dict[str, Any] = {}
    for word in words:
        name, equals, said = word.partition("=")
        if not equals or not name:
            raise Misuse(f"{word!r} is not `name=value`", fix=_example(operation))
        if name not in operation.input:
            hint = did_you_mean(name, operation.input)
            fix = f"`dragoman catalog show {operation.id}` lists its inputs"
            raise Misuse(f"{operation.id} has no input {name!r}: {hint}", fix=fix)
        found[name] = _value(operation.input[name], said)
    return found


def _value(parameter: Parameter, said: str) -> Any:
    if parameter.place == "file":
        return _upload(parameter, said)
    text = _file(parameter, said[1:]) if said.startswith("@") else said
    kinds = _kinds(parameter)
    if kinds == {_TEXT} or (not kinds and parameter.place in {"path", "query", "header"}):
        return text
    if kinds == {"boolean"} and text.lower() in _TRUE | _FALSE:
        return text.lower() in _TRUE
    try:
        return jsons.decode(text.encode())
    except jsons.Unreadable:
        if "array" in kinds:
            return [one.strip() for one in text.split(",")]
        if _TEXT in kinds or not kinds:
            return text
        what = " or ".join(sorted(kinds))
        raise Misuse(
            f"{parameter.name} should be {what}, and its value is no JSON",
            fix=f"write it as JSON: {parameter.name}={_SAMPLES.get(what, '…')}",
        ) from None


def _upload(parameter: Parameter, said: str) -> Any:
    """A file to send; a name without its @ would be sent itself."""
    if said.startswith("@"):
        try:
            return uploads.read(parameter, Path(said[1:]))
        except BadInput as error:
            raise Misuse(error.message, fix=error.fix) from None
    with suppress(jsons.Unreadable):
        found = jsons.decode(said.encode())
        if isinstance(found, dict):
            return found
    raise Misuse(
        f"{parameter.name} should be a file", fix=f"write an @ before it: {parameter.name}=@FILE"
    )


_SAMPLES = {"integer": "20", "number": "0.5", "boolean": "true", "object": '\'{"name": "value"}\''}


def _kinds(parameter: Parameter) -> set[str]:
    said = parameter.schema.get("type", "string" if "enum" in parameter.schema else None)
    if said is None:
        return set()
    return set(said) if isinstance(said, list) else {said}


def _file(parameter: Parameter, name: str) -> str:
    try:
        return Path(name).read_text()
    except OSError as error:
        why = error.strerror
    except UnicodeDecodeError:
        why = "it is not UTF-8 text"
    raise Misuse(f"{parameter.name}: {name} cannot be read: {why}", fix="name a file of text")


def _example(operation: Operation) -> str:
    needed = [one for one in operation.input.values() if one.required] or list(
        operation.input.values()
    )
    said = " ".join(f"{one.name}=…" for one in needed[:3])
    return f"dragoman call {operation.id} {said}".rstrip()
