"""The declared output, filled: with what was asked where names agree, else with what looks so."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from dragoman.kernel.jsons import Json
from dragoman.simulator.generic import pages, values
from dragoman.simulator.generic.entries import Entry
from dragoman.simulator.mint import Mint

ITEMS = 3
"""How many there are of whatever is listed in pages; other lists have one to three."""
_SIZES = ("limit", "pageSize", "pageLimit", "size")
"""What asks for fewer items where an entry declares no pages."""
_SCALARS = frozenset({"string", "integer", "number", "boolean"})
Heard = Mapping[str, Any]
Noise = Callable[[str], bytes]
"""The same bytes for the same place in the same answer."""


def answer(entry: Entry, heard: Heard, noise: Noise) -> Json:
    """The whole answer; `heard` is what was asked, and what is known of the account."""
    known = {**heard, **_own_id(entry, heard)}
    output = _Filler(entry, noise, heard).fill(entry.output, "", known, 0)
    return pages.turned(entry.paging, output, heard) if entry.paging else output


def noise(entry: Entry, mint: Mint, whose: Iterable[str]) -> Noise:
    """The same for the same thing, but that what is made is another thing each time."""
    made = [mint.hexadecimal(entry.id, 16)] if entry.effect == "create" else []
    label = " ".join([entry.id, *whose, *made])
    return lambda place: mint.lasting(f"{label} {place}")


class _Filler:
    def __init__(self, entry: Entry, noise: Noise, asked: Heard) -> None:
        self._entry = entry
        self._noise = noise
        sizes = [asked[name] for name in _SIZES if values.fits("integer", asked.get(name))]
        self._most = min([*sizes, ITEMS])
        self._open: list[str] = []
        """Types that are being filled: one that holds itself is not filled again."""

    def fill(self, notation: Any, place: str, heard: Heard, number: int) -> Json:
        """What a notation asks for; the last part of its place is its name."""
        if isinstance(notation, list):
            return self._list(notation[0], place, heard)
        if isinstance(notation, dict):
            return self._object(notation, place, heard, number)
        if notation in _SCALARS or "|" in notation:
            return self._scalar(notation, place, number)
        if notation not in self._entry.types or notation in self._open:
            # Of what nobody describes the items of a list can be told apart.
            listed = place.rpartition(".")[2].isdigit()
            return {"id": self._scalar("string", f"{place}.id", number)} if listed else {}
        self._open.append(notation)
        try:
            return self.fill(self._entry.types[notation], place, heard, number)
        finally:
            self._open.pop()

    def _object(self, fields: Mapping[str, Any], place: str, heard: Heard, number: int) -> Json:
        notations = {name.removesuffix("!"): one for name, one in fields.items()}
        # What wraps the thing passes on what was heard of it; the thing itself does not.
        inner = {} if any(name in heard for name in notations) else heard
        made = {
            name: self._field(one, f"{place}.{name}".lstrip("."), heard, inner, number)
            for name, one in notations.items()
        }
        counted = [len(one) for one in made.values() if isinstance(one, list)]
        counts = [name for name, one in notations.items() if one in ("integer", "number")]
        if len(counted) == 1:
            made |= {name: counted[0] for name in counts if values.is_count(name)}
        return made

    def _field(self, notation: Any, place: str, heard: Heard, inner: Heard, number: int) -> Json:
        name = place.rpartition(".")[2]
        given = heard.get(name)
        if given is None:
            return self.fill(notation, place, inner, number)
        known = self._entry.types.get(notation) if isinstance(notation, str) else notation
        if isinstance(known, dict) and isinstance(given, dict):
            return self._object(known, place, given, number)
        if isinstance(known, list) and isinstance(given, list):
            return [self._item(known[0], f"{place}.{at}", one) for at, one in enumerate(given)]
        if isinstance(notation, str) and known is None and _agrees(notation, given):
            return given
        return self.fill(notation, place, inner, number)

    def _item(self, notation: Any, place: str, given: Any) -> Json:
        """An item of a list that was given."""
        known = self._entry.types.get(notation) if isinstance(notation, str) else notation
        if isinstance(known, dict):
            return self._object(known, place, given if isinstance(given, dict) else {}, 0)
        if isinstance(notation, str) and _agrees(notation, given):
            return given
        return self.fill(notation, place, {}, 0)

    def _list(self, notation: Any, place: str, heard: Heard) -> Json:
        others = {name: one for name, one in heard.items() if name not in {"id", "_id"}}
        if place == self._entry.paging.get("items"):
            count = ITEMS
        else:
            count = 1 if "." in place else min(1 + self._noise(place)[0] % ITEMS, self._most)
        return [self.fill(notation, f"{place}.{at}", others, at) for at in range(count)]

    def _scalar(self, notation: str, place: str, number: int) -> Json:
        noise = self._noise(place)
        names = ["", *(one for one in place.split(".") if not one.isdigit())]
        holder, name = names[-2:] if len(names) > 1 else ("", "")
        match notation:
            case "string":
                return values.text(name, holder, noise, number)
            case "boolean":
                return values.flag(name)
            case "integer" | "number":
                return self._entry.success if name == "statusCode" else values.number(name, noise)
            case _:
                words = notation.split("|")
                return words[noise[0] % len(words)]


def _agrees(notation: str, given: Any) -> bool:
    return given in notation.split("|") if "|" in notation else values.fits(notation, given)


def _own_id(entry: Entry, heard: Heard) -> dict[str, Any]:
    """What was asked for by its id has that id."""
    if "id" in heard:
        return {"_id": heard["id"]} if entry.effect != "create" else {}
    named = [part[1:-1] for part in entry.path.split("/") if part.startswith("{")]
    if not named or named[-1] not in heard:
        return {}
    thing = named[-1].removesuffix("Id").lower()
    group = entry.id.partition(".")[0].removesuffix("s").replace("_", "")
    if entry.path.endswith("}") or group.endswith(thing):
        return {"id": heard[named[-1]], "_id": heard[named[-1]]}
    return {}
