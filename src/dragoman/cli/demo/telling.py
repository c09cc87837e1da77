"""How the stories are told: line by line as they happen, and a table at the end."""

import re
from typing import TYPE_CHECKING, Any

import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text

from dragoman.kernel.clock import SECOND, iso

if TYPE_CHECKING:
    from dragoman.cli.demo.narration import Line
    from dragoman.cli.demo.stage import Stage, Story, Totals

_WHO = 20
_ID = re.compile(r"(?<=/\w{4})(\w{16}|\w{4}(-\w{4}){3}-\w{12})(?=/|$)")
"""All but the first four letters of an id."""


class Teller:
    def __init__(self, console: Console, *, quiet: bool) -> None:
        self._console = console
        self._quiet = quiet
        self._start = 0

    def opening(self, stage: "Stage") -> None:
        self._start = stage.clock.now()
        if not self._quiet:
            words = "Two pretended vendors and a real Dragoman, talking HTTP on this machine."
            self._console.print(Text(words, "name"))

    def story(self, story: "Story") -> None:
        if self._quiet:
            return
        self._console.print()
        self._console.print(Text(story.title, "name"))
        self._console.print()

    def line(self, line: "Line") -> None:
        if self._quiet:
            return
        seconds = max(line.at - self._start, 0) / SECOND
        style = "" if line.call else "way"
        row = Table.grid(padding=(0, 1))
        row.add_column(width=8)
        row.add_column(width=_WHO)
        row.add_column(overflow="fold")
        row.add_row(Text(f"{seconds:6.2f} s", "quiet"), Text(line.who, style), self._what(line))
        self._console.print(row)

    def _what(self, line: "Line") -> Text:
        if not line.call:
            return Text(line.what, "way")
        answer = (line.answer, "good" if line.answer[:1] == "2" else "warn")
        return Text.assemble(line.what, "\n", (_ID.sub("…", line.call), "quiet"), "  ", answer)

    def closing(self, stories: "list[Story]", totals: "Totals", following: str) -> None:
        console = self._console
        console.print()
        for story in stories:
            mark = ("✓ as told", "good") if story.ok else (f"✗ {story.why}", "bad")
            console.print(Text.assemble(mark, "  ", story.title))
        console.print()
        for name, value in msgspec.structs.asdict(totals).items():
            bad = name in {"lost", "duplicates", "uncertain"} and value
            console.print(Text.assemble(f"  {name:<12}", (f"{value:>6}", "bad" if bad else "name")))
        console.print()
        console.print("Lost and duplicates are counted from the vendors' own ledgers; the calls")
        console.print("include those for tokens and each look at the list that found nothing.")
        console.print(Text.assemble("Next: ", (following, "way")))

    def kept(self, stage: "Stage") -> None:
        self._console.print()
        self._console.print(Text.assemble("Control page: ", (stage.addresses.control, "way")))
        self._console.print(Text.assemble("Workspace:    ", (str(stage.folder), "way")))
        self._console.print("Everything goes on until Ctrl-C. In another terminal:")
        look = f"dragoman runs list --folder {stage.folder}"
        self._console.print(Text(f"  {look}", "way"), soft_wrap=True)


def document(stories: "list[Story]", totals: "Totals", following: str) -> dict[str, Any]:
    return {
        "stories": [
            {
                "id": story.id,
                "ok": story.ok,
                "why": story.why,
                "timeline": [
                    {**msgspec.structs.asdict(line), "at": iso(line.at)} for line in story.timeline
                ],
            }
            for story in stories
        ],
        "totals": msgspec.structs.asdict(totals),
        "next": following,
    }
