"""The tree of a YAML file: values, each with its place."""

from collections.abc import Iterator
from typing import Any

import msgspec


class Place(msgspec.Struct, frozen=True):
    """Counted from 1."""

    line: int = 1
    column: int = 1


class Scalar(msgspec.Struct, frozen=True):
    place: Place
    value: Any
    """None, bool, int, float or str."""
    text: str
    """As written, without quotes."""
    raw: str
    """As it stands in the file, with quotes and line breaks."""

    def place_of(self, offset: int) -> Place:
        """Where a part of the text stands in the file.

        It is found by the words that lead up to it: from the start of its line or its `{{`, or from
        the last blank where lines were folded. Where the words do not stand in the file as they are
        (escapes), the scalar's own place is the answer.
        """
        line = max(0, self.text.rfind("{{", 0, offset + 2), self.text.rfind("\n", 0, offset) + 1)
        blank = self.text.rfind(" ", 0, offset) + 1
        for start in (line, blank):
            found = self._find(start, offset + 1)
            if found is not None:
                return self._place_in_raw(found + offset - start)
        return self.place

    def _find(self, start: int, end: int) -> int | None:
        """Where a part of the text stands in the file, counted from the scalar's start."""
        words = self.text[start:end]
        found = -1
        for _ in range(_occurrences(self.text, words, start) + 1):
            found = self.raw.find(words, found + 1)
            if found < 0 or not words:
                return None
        return found

    def _place_in_raw(self, index: int) -> Place:
        ahead = self.raw[:index]
        lines = ahead.count("\n")
        if not lines:
            return Place(self.place.line, self.place.column + len(ahead))
        return Place(self.place.line + lines, len(ahead) - ahead.rfind("\n"))


class Sequence(msgspec.Struct):
    place: Place
    items: "list[Node]" = []


class Mapping(msgspec.Struct):
    place: Place
    entries: "dict[str, Entry]" = {}

    def get(self, name: str) -> "Node | None":
        entry = self.entries.get(name)
        return entry.value if entry is not None else None

    def key_place(self, name: str) -> Place:
        return self.entries[name].key.place


class Entry(msgspec.Struct, frozen=True):
    key: Scalar
    value: "Node"


Node = Scalar | Sequence | Mapping


def plain(node: Node) -> Any:
    """The value without its places."""
    match node:
        case Scalar():
            return node.value
        case Sequence():
            return [plain(one) for one in node.items]
        case Mapping():
            return {name: plain(entry.value) for name, entry in node.entries.items()}


def scalars(node: Node) -> Iterator[Scalar]:
    """All scalars in a value."""
    match node:
        case Scalar():
            yield node
        case Sequence():
            for one in node.items:
                yield from scalars(one)
        case Mapping():
            for entry in node.entries.values():
                yield from scalars(entry.value)


def _occurrences(text: str, words: str, end: int) -> int:
    count, at = 0, text.find(words)
    while 0 <= at < end:
        count, at = count + 1, text.find(words, at + 1)
    return count
