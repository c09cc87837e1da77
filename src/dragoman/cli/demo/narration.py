"""What is told of a story: what people do, and every call that the vendors answer, in its order."""

from collections.abc import Callable
from typing import Any

import msgspec

from dragoman.catalog.catalogue import Catalogue
from dragoman.catalog.entries import Operation
from dragoman.cli.demo.hooks import Sent
from dragoman.cli.demo.vendors import Vendors
from dragoman.kernel.clock import Clock, Millis
from dragoman.simulator.calls import Calls

VENDORS = {"highlevel": "HighLevel", "acton": "Act-On"}


class Line(msgspec.Struct, frozen=True):
    """One line of a timeline."""

    at: Millis
    who: str
    what: str
    call: str = ""
    answer: str = ""


class Narration:
    def __init__(
        self,
        calls: Calls,
        vendors: Vendors,
        entries: Catalogue,
        clock: Clock,
        tell: Callable[[Line], None],
    ) -> None:
        self._calls = calls
        self._vendors = vendors
        self._clock = clock
        self._tell = tell
        self._told = 0
        self._operations = entries.operations.values()
        self._asked: set[tuple[str, str]] = set()
        self.lines: list[Line] = []

    def begin(self) -> int:
        """Begin a story, in which every question is told anew; the number of its first line."""
        self._asked.clear()
        return len(self.lines)

    def say(self, who: str, what: str) -> None:
        self.calls()  # what has happened before it is told before it
        self._add(Line(self._clock.now(), who, what))

    def calls(self) -> None:
        """Tell the calls that the vendors have answered since the last time."""
        for sent in self._vendors.hooks.news():
            self._add(_delivered(sent))
        entries = list(self._calls.entries)
        for entry in entries[self._told :]:
            if entry["status"] is None and entry["fault"] is None:
                return  # still under way
            self._told += 1
            self._add(self._called(entry))

    def _add(self, line: Line) -> None:
        last = self.lines[-1] if self.lines else None
        if last is not None:
            # A try is known when it is answered, and begun a little before that.
            line = msgspec.structs.replace(line, at=max(line.at, last.at))
            if line.call and msgspec.structs.replace(last, at=line.at) == line:
                return  # the very same once more, as of a webhook that nobody takes
        if line.call.startswith("GET"):
            if (line.call, line.answer) in self._asked:
                return  # it is asked again and again, and answered the same
            self._asked.add((line.call, line.answer))
        self.lines.append(line)
        self._tell(line)

    def _called(self, entry: dict[str, Any]) -> Line:
        operation = self._operation(entry["method"], entry["path"])
        title = operation.title if operation is not None else "Ask for tokens"
        whose = self._vendors.whose(entry["path"])
        return Line(
            at=entry["at"],
            who=f"Dragoman → {VENDORS[entry['vendor']]}",
            what=f"{title}: {whose}" if whose else title,
            call=f"{entry['method']} {entry['path']}",
            answer=str(entry["status"]) if entry["status"] is not None else "no answer",
        )

    def _operation(self, method: str, path: str) -> Operation | None:
        """The catalogue's entry of a call, the one with the fewest placeholders if several fit."""
        fitting = [one for one in self._operations if one.method == method and _fits(one, path)]
        return min(fitting, key=lambda one: one.path.count("{"), default=None)


def _delivered(sent: Sent) -> Line:
    return Line(
        at=sent.at,
        who="HighLevel → Dragoman",
        what=f"Webhook {sent.type}" + (", sent again" if sent.again else ""),
        call="POST /hooks/highlevel",
        answer=str(sent.status) if sent.status is not None else "no answer",
    )


def _fits(operation: Operation, path: str) -> bool:
    pattern, said = operation.path.split("/"), path.split("/")
    return len(pattern) == len(said) and all(
        ours.startswith("{") or ours == theirs for ours, theirs in zip(pattern, said, strict=True)
    )
