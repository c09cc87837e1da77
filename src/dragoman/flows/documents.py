"""YAML as a tree that remembers where everything stands, and holds nothing but plain values.

Anchors, aliases, tags, merge keys, directives and keys that are no text are refused: a flow file is
data that a person can read from top to bottom. Words are read as YAML 1.2 does (`on` and `no` are
texts), and digits as they are written: `01234` and `+1415` stay text.
"""

import math
import re
from typing import Any

import msgspec
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from dragoman.flows.bounds import INTEGER
from dragoman.flows.nodes import Entry, Mapping, Node, Place, Scalar, Sequence
from dragoman.kernel.errors import DefinitionError, Where

SIZE = 256 * 1024
DEPTH = 40
NODES = 20_000
"""Values in one file, keys included."""

_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)", re.ASCII)
_FLOAT = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]*)?([eE][-+]?[0-9]+)?", re.ASCII)
_HALF = re.compile("[\ud800-\udfff]")
"""One of the two halves that some characters have elsewhere; alone it is no text."""
_WORDS: dict[str, Any] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True,
    "false": False, "False": False, "FALSE": False,
}  # fmt: skip


class _Broken(Exception):
    """The file cannot be read on from here."""


class Document:
    """Reads one text; `problems` are what is wrong, `root` is what could be read."""

    def __init__(self, text: str, file: str) -> None:
        self.problems: list[DefinitionError] = []
        self.root: Node | None = None
        self._text = text
        self._file = file
        try:
            self.root = self._read()
        except _Broken:
            self.root = None

    def _read(self) -> Node | None:
        if len(self._text.encode(errors="replace")) > SIZE:
            raise self._broken(Place(), f"the file is larger than {SIZE // 1024} KiB")
        yaml = YAML(typ="safe", pure=True)
        try:
            return self._build(yaml)
        except YAMLError as error:
            raise self._broken(self._place_of(error), _words_of(error)) from None
        except (ValueError, OverflowError):  # an escape like "\\UFFFFFFFF"
            raise self._broken(Place(), "this is not YAML") from None

    def _build(self, yaml: YAML) -> Node | None:
        root: Node | None = None
        open_: list[_Open] = []
        documents = 0
        for count, event in enumerate(yaml.parse(self._text)):
            place = Place(event.start_mark.line + 1, event.start_mark.column + 1)
            if count > NODES:
                raise self._broken(place, f"the file holds more than {NODES} values")
            match event:
                case DocumentStartEvent():
                    documents += 1
                    self._check_document(event, place, documents)
                case MappingStartEvent() | SequenceStartEvent() | ScalarEvent() | AliasEvent():
                    node = self._node(event, place)
                    if open_:
                        self._put(open_[-1], node)
                    else:
                        root = node
                    if not isinstance(node, Scalar):
                        open_.append(_Open(node))
                        self._check_depth(len(open_), place)
                case MappingEndEvent() | SequenceEndEvent():
                    open_.pop()
                case _:  # start and end of the stream
                    pass
        return root

    def _node(self, event: Any, place: Place) -> Node:
        if isinstance(event, AliasEvent) or event.anchor is not None:
            raise self._broken(
                place, "anchors and aliases are not allowed here", fix="write the value out"
            )
        if event.tag is not None:
            raise self._broken(place, "tags are not allowed here", fix="remove the word after '!'")
        if isinstance(event, MappingStartEvent):
            return Mapping(place)
        if isinstance(event, SequenceStartEvent):
            return Sequence(place)
        plain = event.implicit[0]
        raw = self._text[event.start_mark.index : event.end_mark.index]
        value = self._resolve(event.value, place) if plain else event.value
        if _HALF.search(event.value):
            self._problem(place, "the text holds half a character", fix="write the whole one")
            return Scalar(place, "", "", raw)
        return Scalar(place, value, event.value, raw)

    def _resolve(self, said: str, place: Place) -> Any:
        if said in _WORDS:
            return _WORDS[said]
        if _INTEGER.fullmatch(said):
            if len(said) > len(str(INTEGER)) or not -INTEGER <= int(said) < INTEGER:
                self._problem(place, "the number is too large", fix="quote it, if it is a text")
                return 0
            return int(said)
        if _FLOAT.fullmatch(said):
            number = float(said)
            if math.isfinite(number):
                return number
            self._problem(place, "the number is too large", fix="quote it, if it is a text")
        return said

    def _put(self, holder: "_Open", node: Node) -> None:
        if isinstance(holder.node, Sequence):
            holder.node.items.append(node)
        elif isinstance(holder.node, Mapping):
            if holder.key is None:
                holder.key = self._key(holder.node, node)
            else:
                if isinstance(node, Scalar) and not node.raw:  # YAML places nothing far below
                    node = msgspec.structs.replace(node, place=holder.key.place)
                holder.node.entries.setdefault(holder.key.text, Entry(holder.key, node))
                holder.key = None

    def _key(self, mapping: Mapping, node: Node) -> Scalar:
        if not isinstance(node, Scalar) or type(node.value) is not str:
            raise self._broken(node.place, "a key must be a text", fix="quote it")
        if node.text == "<<":
            raise self._broken(
                node.place, "merge keys are not allowed here", fix="write the values out"
            )
        if node.text in mapping.entries:
            first = mapping.entries[node.text].key.place.line
            self._problem(
                node.place,
                f"the key {node.text!r} stands twice (first in line {first})",
                fix="keep one of them",
            )
        return node

    def _check_document(self, event: Any, place: Place, count: int) -> None:
        if count > 1:
            raise self._broken(place, "a file holds one flow", fix="put the next in its own file")
        if event.version or event.tags:
            raise self._broken(place, "directives are not allowed here", fix="remove the '%' line")

    def _check_depth(self, depth: int, place: Place) -> None:
        if depth > DEPTH:
            raise self._broken(place, f"nested deeper than {DEPTH} levels")

    def _place_of(self, error: YAMLError) -> Place:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        if mark is not None:
            return Place(mark.line + 1, mark.column + 1)
        ahead = self._text[: getattr(error, "position", 0)]
        return Place(ahead.count("\n") + 1, len(ahead) - ahead.rfind("\n"))

    def _problem(self, place: Place, message: str, fix: str = "") -> None:
        where = Where(self._file, place.line, place.column)
        self.problems.append(DefinitionError(message, fix=fix, where=where))

    def _broken(self, place: Place, message: str, fix: str = "") -> _Broken:
        self._problem(place, message, fix)
        return _Broken()


class _Open:
    """A list or mapping whose end was not seen yet."""

    def __init__(self, node: Node) -> None:
        self.node = node
        self.key: Scalar | None = None


def _words_of(error: YAMLError) -> str:
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "not readable"
    return f"this is not YAML: {problem}"
