"""How the stories are told: line by line as they happen, and a table at the end."""

from typing import TYPE_CHECKING, Any

import msgspec
from rich.console import Console
from rich.text import Text

from dragoman.kernel.clock import SECOND, iso

if TYPE_CHECKING:
    from dragoman.cli.demo.narration import Line
    from dragoman.cli.demo.stage import Stage, Story, Totals

_WHO = 22


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
        text = Text.assemble(
            (f"{seconds:6.2f} s  ", "quiet"), (f"{line.who:<{_WHO}} ", style), (line.what, style)
        )
        self._console.print(text)
        if line.call:
            self._console.print(self._call(line))

    def _call(self, line: "Line") -> Text:
        room = max(self._console.width - 46, 20)
        call = line.call if len(line.call) <= room else line.call[: room - 1] + "…"
        good = line.answer[:1] == "2"
        answer = (line.answer, "good" if good else "warn")
        return Text.assemble(" " * (_WHO + 11), (call, "quiet"), "  ", answer)

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
        console.print("Lost and duplicates are counted from the vendors' own ledgers.")
        console.print(Text.assemble("Next: ", (following, "way")))

    def kept(self, stage: "Stage") -> None:
        self._console.print()
        self._console.print(Text.assemble("Control page: ", (stage.addresses.control, "way")))
        self._console.print(Text.assemble("Workspace:    ", (str(stage.folder), "way")))
        self._console.print("Everything goes on until Ctrl-C.")


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
