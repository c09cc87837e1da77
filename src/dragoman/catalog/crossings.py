"""Where calls meet: values with which a path would be that of another call.

`DELETE /schema/{objectId}` with the id `all` is `DELETE /schema/all`. No encoding helps against it:
the word is what it is. So the words are known beforehand, and refused.
"""

from collections import defaultdict
from collections.abc import Collection

from dragoman.catalog.entries import Operation

Words = dict[str, tuple[str, ...]]
"""From an input to the words it must not be, in small letters: some vendors read any case."""


def found(operations: Collection[Operation]) -> dict[str, Words]:
    """The words of every operation that meets another one, by its id."""
    alike: defaultdict[tuple[str, str, int], list[tuple[Operation, list[str]]]] = defaultdict(list)
    for one in operations:
        for path in {one.path, one.v3} - {""}:
            segments = path.split("/")
            alike[one.vendor, one.method, len(segments)].append((one, segments))
    words: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for group in alike.values():
        for one, mine in group:
            for other, its in group:
                if one is not other:
                    words[one.id].update(_meeting(mine, its))
    return {one.id: _by_name(one, words[one.id]) for one in operations if words[one.id]}


def _meeting(mine: list[str], other: list[str]) -> list[tuple[str, str]]:
    """The inputs of a path, and the words with which it is the other path as well."""
    pairs = [(here, there) for here, there in zip(mine, other, strict=True) if here != there]
    if any("{" not in here and "{" not in there for here, there in pairs):
        return []
    return [(here[1:-1], there.lower()) for here, there in pairs if "{" not in there and there]


def _by_name(operation: Operation, words: set[tuple[str, str]]) -> Words:
    listed = {}
    for one in operation.input.values():
        wires = {one.wire, operation.v3_names.get(one.name, one.wire)}
        listed[one.name] = tuple(sorted({word for wire, word in words if wire in wires}))
    return {name: found for name, found in listed.items() if found}
