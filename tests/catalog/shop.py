"""A vendor's list that somebody edits between any two calls, in every style of paging."""

from collections.abc import Callable
from typing import Any

MOST = 5
"""Items a page holds at most."""


class Shop:
    """A vendor's list that somebody edits between any two calls."""

    def __init__(self, count: int, edits: list[tuple[str, int]]) -> None:
        self.things: list[dict[str, Any]] = [
            {"id": f"t{number:03d}", "at": number // 2 * 1000} for number in range(count)
        ]
        self.stayed: set[str] = {one["id"] for one in self.things}
        self.calls: list[dict[str, Any]] = []
        self._edits = iter(edits)
        self._next = count

    def answer(self, page: Callable[[dict[str, Any]], Any], asked: dict[str, Any]) -> Any:
        assert len(self.calls) < 500, "it never ends"
        self.calls.append(asked)
        found = page(asked)
        kind, place = next(self._edits, ("", 0))
        if kind == "delete" and self.things:
            gone = self.things.pop(place % len(self.things))
            self.stayed.discard(gone["id"])
        if kind == "insert":
            self._insert(place % (len(self.things) + 1))
        if kind == "append":
            self._insert(len(self.things))
        if kind == "jump":
            self._jump(place)
        return found

    def _insert(self, place: int) -> None:
        # No more than two are of the same moment: a page full of them cannot be read past.
        at = (self.things[place]["at"] if place < len(self.things) else 0) + self._next
        self.things.insert(place, {"id": f"t{self._next:03d}", "at": at})
        self._next += 1

    def _jump(self, place: int) -> None:
        """Something happens to a thing: its time is now."""
        if self.things:
            one = self.things.pop(place % len(self.things))
            self._next += 1
            self.things.append({"id": one["id"], "at": 10**6 + self._next})

    # The styles.
    def offset(self, asked: dict[str, Any]) -> Any:
        start = asked.get("offset", 0)
        return {"things": self.things[start : start + asked["limit"]], "total": len(self.things)}

    def uncounted(self, asked: dict[str, Any]) -> Any:
        return self.things[asked["offset"] : asked["offset"] + min(asked["limit"], MOST)]

    def page(self, first: int) -> Callable[[dict[str, Any]], Any]:
        def answer(asked: dict[str, Any]) -> Any:
            start = (asked["page"] - first) * asked["limit"]
            return {"things": self.things[start : start + asked["limit"]]}

        return answer

    def fixed(self, asked: dict[str, Any]) -> Any:
        start = (asked["page"] - 1) * MOST
        return {
            "things": self.things[start : start + MOST],
            "more": start + MOST < len(self.things),
        }

    def sorted(self, asked: dict[str, Any]) -> Any:
        newest = sorted(self.things, key=lambda one: (-one["at"], one["id"]))
        after = asked.get("after")
        found = [one for one in newest if after is None or one["at"] < after]
        return {"things": [{**one, "sort": [one["at"]]} for one in found[: asked["limit"]]]}

    def search(self, asked: dict[str, Any]) -> Any:
        newest = sorted(self.things, key=lambda one: (-one["at"], one["id"]))
        after = asked.get("after")
        found = [one for one in newest if after is None or [-one["at"], one["id"]] > after]
        shown = [{**one, "sort": [-one["at"], one["id"]]} for one in found[: asked["limit"]]]
        return {"things": shown}

    def last(self, asked: dict[str, Any]) -> Any:
        found = [one for one in self.things if one["id"] > asked.get("after", "")]
        return {"things": found[: asked["limit"]], "more": len(found) > asked["limit"]}

    def told(self, asked: dict[str, Any]) -> Any:
        found = [one for one in self.things if one["id"] > asked.get("after", "")]
        shown = found[: asked["limit"]]
        cursor = shown[-1]["id"] if len(found) > asked["limit"] else None
        return {"things": shown, "next": cursor}
