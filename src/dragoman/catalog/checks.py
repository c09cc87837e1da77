"""What an entry must be besides well-formed: said when it is read, not when it is first used."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from dragoman.catalog.entries import Effect, Operation, Trigger
from dragoman.catalog.names import did_you_mean
from dragoman.kernel.errors import DefinitionError

METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE"})
OF_FILES = frozenset({"types", "most"})
OWN = frozenset({"required", "default", "in", "name", "does"}) | OF_FILES
"""What an input says besides its JSON Schema."""
# fmt: off
KEYWORDS = frozenset({
    "type", "enum", "const", "description", "examples", "format", "minimum", "maximum",
    "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "pattern",
    "minItems", "maxItems", "uniqueItems", "items", "prefixItems", "contains", "properties",
    "additionalProperties", "patternProperties", "propertyNames", "minProperties",
    "maxProperties", "allOf", "anyOf", "oneOf", "not",
})
# fmt: on
"""Of JSON Schema."""
TYPES = frozenset({"any", "string", "integer", "number", "boolean", "object", "array", "null"})

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def way_out(said: str, raw: Any, model: type[Any]) -> str:
    """What to write instead of what no entry may say: the nearest word, or the effects."""
    if not isinstance(raw, dict):
        return "an entry begins with its name and a colon; `title:` and the like are indented below"
    known = [field.encode_name for field in msgspec.structs.fields(model)]
    if strange := [str(one) for one in raw if one not in known]:
        return f"{strange[0]}: {did_you_mean(strange[0], known)}"
    if said.endswith("`$.effect`"):
        return f"it is one of {', '.join(one.value for one in Effect)}"
    return ""


def keywords(name: str, said: Mapping[str, Any]) -> None:
    """Look at what an input says.

    Raises:
        DefinitionError: a word of it, or its type, is not known.
    """
    for word in said:
        if word not in OWN and word not in KEYWORDS:
            hint = did_you_mean(str(word), OWN | KEYWORDS)
            raise DefinitionError(f"input {name!r} says {word!r}, which means nothing: {hint}")
    types = said.get("type", "any")
    for one in types if isinstance(types, list) else [types]:
        if one not in TYPES:
            raise DefinitionError(
                f"input {name!r} has the type {one!r}: {did_you_mean(str(one), TYPES)}"
            )


def file(name: str, said: Mapping[str, Any], place: str) -> None:
    """Look at what an input says of the files it takes.

    Raises:
        DefinitionError: it is no file, or no file could be like this.
    """
    found = OF_FILES & said.keys()
    if found and place != "file":
        raise DefinitionError(f"input {name!r} says {min(found)!r}, which is of files only")
    types, most = said.get("types", []), said.get("most", 0)
    if not isinstance(types, list) or not all(_is_ending(one) for one in types):
        raise DefinitionError(
            f"input {name!r}: `types` lists endings in small letters, such as [png, pdf]"
        )
    if type(most) is not int or most < 0:
        raise DefinitionError(f"input {name!r}: `most` is a number of bytes")


def _is_ending(one: Any) -> bool:
    return isinstance(one, str) and one.isalnum() and one == one.lower()


def operation(one: Operation) -> None:
    """Look at an operation as a whole.

    Raises:
        DefinitionError: it cannot be called as it stands.
    """
    if not one.callable and not one.reason:
        raise DefinitionError("it is not callable and gives no reason")
    if one.native:
        if one.path or one.composite:
            raise DefinitionError("what is ours has neither `request` nor `run`")
    elif one.composite:
        if one.path or not one.parts:
            raise DefinitionError("what has `run` has `parts`, and no `request`")
    elif one.callable:
        _request(one)
    _answer(one)


def trigger(one: Trigger) -> None:
    """Look at a trigger as a whole.

    Raises:
        DefinitionError: it leans on a field or a setting that it does not have.
    """
    if not one.key:
        raise DefinitionError("the key is empty: every event would be the same")
    if not one.callable and not one.reason:
        raise DefinitionError("it is not callable and gives no reason")
    if one.callable and one.webhook and not one.webhook.row and not one.poll:
        raise DefinitionError("what is told only by webhook has a `row`, or is not callable")
    named = [*one.key, one.subject, one.time, *one.match.values()]
    _known("field", [*named, one.otherwise] if one.otherwise else named, one.data)
    _known("setting", one.match, one.settings)


def _request(one: Operation) -> None:
    if (one.v3_names or one.v3_body) and not one.v3:
        raise DefinitionError("what has `v3_names` or `v3_body` has `v3`")
    _known("input", one.v3_names, one.input)
    if one.method not in METHODS or not one.path.startswith("/"):
        said = f"{one.method} {one.path}".strip()
        raise DefinitionError(f"request {said!r} is not a method and a path, as in 'GET /contacts'")
    places = {given.place for given in one.input.values()}
    placed = {given.wire: given for given in one.input.values() if given.place == "path"}
    wanted = _PLACEHOLDER.findall(one.path)
    for name in wanted:
        if name not in placed or not placed[name].required:
            raise DefinitionError(f"the path names {name!r}, which is no required input")
    for name in placed:
        if name not in wanted:
            raise DefinitionError(
                f"input {name!r} is said to be in the path, which has no such part"
            )
    if "file" in places and places & {"body", "root"}:
        raise DefinitionError("files travel in a form: the other inputs are `in: form`, too")
    _parts(one)


def _parts(one: Operation) -> None:
    """A file's name in the form may be made of inputs, which then must be fit for a name."""
    inputs = one.input.values()
    files = [given.wire for given in inputs if given.place == "file"]
    named = {name for wire in files for name in _PLACEHOLDER.findall(wire)}
    parts = {given.wire: given for given in inputs if given.place == "part"}
    if named != parts.keys():
        raise DefinitionError("the inputs that are `in: part` are those that a file's `name` names")
    for given in parts.values():
        if not given.required or "pattern" not in given.schema:
            raise DefinitionError(
                f"input {given.name!r} is part of a name: it is required and has a `pattern`"
            )


def _answer(one: Operation) -> None:
    if one.missing and one.method != "DELETE" and one.effect not in {Effect.READ, Effect.DELETE}:
        raise DefinitionError("only of what reads or deletes can there be nothing: `missing`")
    if one.ready and one.effect is not Effect.READ:
        raise DefinitionError("only what reads can be asked again until it is `ready`")
    if one.ready:
        _known("field", [one.ready.field], one.output.fields or {})
    if one.answer != "json" and one.tidy:
        raise DefinitionError("`tidy` is for JSON: an answer of text or bytes has its own form")
    if one.no_lookup and (one.lookup or one.effect is not Effect.CREATE):
        raise DefinitionError("`no_lookup` is for what creates and has no `lookup`")
    if one.no_consent and (one.consent or one.effect is not Effect.CREATE):
        raise DefinitionError("`no_consent` is for what creates and has no `consent`")
    if one.lookup and one.lookup.exclusive and not one.lookup.identity:
        raise DefinitionError("a look-up without `identity` cannot be exclusive")


def _known(kind: str, names: Iterable[str], known: Mapping[str, Any]) -> None:
    for name in names:
        if name not in known:
            raise DefinitionError(f"there is no {kind} {name!r}: {did_you_mean(name, known)}")
