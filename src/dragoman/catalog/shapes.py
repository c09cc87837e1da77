"""What an answer looks like, as far as it is known: enough to check names, and to miss a field.

The notation of the data files: a word is a type (`string`, `integer`, `number`, `boolean`, `any`,
`object`, or a name from the vendor's `types.yaml`); words between bars (`draft|sent`) are a string
that is one of them as far as is known, which is not checked; `[word]` is a list; a mapping is an
object whose fields are known; a field name ending in `!` must be there for the answer to be of use.
What is not needed is not checked, except for the needed fields within it where it is there.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from dragoman.kernel.errors import DefinitionError

_FIELD = re.compile(r"[^!]+!?")
SCALARS = frozenset({"string", "integer", "number", "boolean", "any"})


class Shape(msgspec.Struct, frozen=True):
    kind: str
    """One of SCALARS, `object` or `array`."""
    fields: dict[str, "Shape"] | None = None
    """Of an object; None means that any field may be there."""
    needed: frozenset[str] = frozenset()
    items: "Shape | None" = None
    words: tuple[str, ...] = ()
    """Of a string: what it may say, as far as is known."""
    watched: tuple[str, ...] = ()
    """Fields that are needed, or hold what is; found out here, for answers are many."""

    def __post_init__(self) -> None:
        names = [one for one, field in (self.fields or {}).items() if field.demands]
        watched = tuple(dict.fromkeys([*sorted(self.needed), *names]))
        msgspec.structs.force_setattr(self, "watched", watched)

    @property
    def demands(self) -> bool:
        return bool(self.watched) or (self.items is not None and self.items.demands)

    def missing(self, value: Any, path: str = "") -> str | None:
        """The first needed place where the value falls short of this shape, in words."""
        return next(_faults(self, value, path), None)


ANY = Shape("any")


class Reader:
    """Turns the notation into shapes, with a vendor's named types at hand."""

    def __init__(self, types: Mapping[str, Any]) -> None:
        self._types = types
        self._known: dict[str, Shape] = {}
        self._open: set[str] = set()

    def read(self, notation: Any) -> Shape:
        """Read one notation.

        Raises:
            DefinitionError: a type name that nobody declared.
        """
        if isinstance(notation, str):
            return self._named(notation)
        if isinstance(notation, list) and len(notation) == 1:
            return Shape("array", items=self.read(notation[0]))
        if isinstance(notation, dict):
            for name in notation:
                if not (isinstance(name, str) and _FIELD.fullmatch(name)):
                    raise DefinitionError(f"{name!r} is not the name of a field")
            fields = {name.removesuffix("!"): self.read(inner) for name, inner in notation.items()}
            needed = frozenset(name[:-1] for name in notation if name.endswith("!"))
            return Shape("object", fields, needed)
        raise DefinitionError(f"{notation!r} is not a type, a list of one type, or a mapping")

    def _named(self, name: str) -> Shape:
        if name in SCALARS:
            return Shape(name)
        if "|" in name:
            return Shape("string", words=tuple(name.split("|")))
        if name == "object":
            return Shape("object")
        if name in self._known:
            return self._known[name]
        if name not in self._types:
            raise DefinitionError(f"type {name!r} is not declared in types.yaml")
        if name in self._open:  # a type that holds itself is loose from there on
            return ANY
        self._open.add(name)
        self._known[name] = shape = self.read(self._types[name])
        self._open.discard(name)
        return shape


_PYTHON: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "object": (dict,),
    "array": (list,),
}


def _faults(shape: Shape, value: Any, path: str) -> Iterator[str]:
    expected = _PYTHON.get(shape.kind)
    if expected is not None and not _is(value, expected):
        yield f"{path or 'the answer'} should be {_article(shape.kind)}, not {_kind(value)}"
    elif not shape.demands:
        return
    elif shape.kind == "array" and shape.items is not None:
        for index, item in enumerate(value):
            yield from _faults(shape.items, item, f"{path}[{index}]")
    elif shape.fields is not None:
        yield from _gaps(shape, shape.fields, value, f"{path}." if path else "")


def _gaps(
    shape: Shape, fields: Mapping[str, Shape], value: Mapping[str, Any], path: str
) -> Iterator[str]:
    for name in shape.watched:
        inner = value.get(name)
        if name in shape.needed and inner is None:
            yield f"{path}{name} is missing"
        elif name in shape.needed or isinstance(inner, _PYTHON.get(fields[name].kind, ())):
            yield from _faults(fields[name], inner, f"{path}{name}")


def _is(value: Any, expected: tuple[type, ...]) -> bool:
    return isinstance(value, expected) and (bool in expected or not isinstance(value, bool))


def _article(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


def _kind(value: Any) -> str:
    match value:
        case None:
            return "nothing"
        case bool():
            return "a boolean"
        case str():
            return "a string"
        case int() | float():
            return "a number"
        case list():
            return "an array"
        case _:
            return "an object"
