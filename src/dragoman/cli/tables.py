"""Tables, words and times, the same in every command."""

from datetime import UTC, datetime

from rich.table import Table
from rich.text import Text

from dragoman.kernel.clock import DAY, HOUR, MINUTE, SECOND, Millis, iso

_STYLES = {
    "armed": "good", "connected": "good", "done": "good", "routed": "good",
    "paused": "warn", "waiting": "warn", "running": "way", "refreshing": "way", "new": "way",
    "uncertain": "bad", "dead": "bad", "failed": "bad", "quarantined": "bad", "lost": "bad",
    "needs-reauthorization": "bad",
    "skipped": "quiet", "cancelled": "quiet", "not armed": "quiet",
}  # fmt: skip
_SHORT = 13
"""Characters of a run's id that tell its millisecond."""


def plain_table(*headings: str) -> Table:
    """Columns without lines; headings only where they are given."""
    table = Table(
        box=None, show_header=bool(headings), header_style="quiet", pad_edge=False, padding=(0, 1)
    )
    if not headings:
        table.pad_edge = True
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def state(word: str) -> Text:
    return Text(word, _STYLES.get(word, ""))


def environment(word: str) -> Text:
    return Text(word, "bold red" if word == "live" else "cyan")


def counts(runs: dict[str, int]) -> Text:
    """How many runs are in which state: `3 done, 1 dead`."""
    text = Text()
    for word, count in sorted(runs.items(), key=lambda one: -one[1]):
        text.append(", " if text else "").append(f"{count} {word}", _STYLES.get(word, ""))
    return text or Text("none", "quiet")


def clock(moment: Millis) -> str:
    return _local(moment).strftime("%H:%M:%S")


def day(moment: Millis) -> str:
    return _local(moment).strftime("%d %b %H:%M:%S")


def exact(moment: Millis | None) -> str | None:
    return None if moment is None else iso(moment)


def span(millis: Millis) -> str:
    """A length of time, in its two largest parts."""
    if millis < SECOND:
        return f"{millis} ms"
    if millis < MINUTE:
        return f"{millis / SECOND:.1f} s"
    for unit, word, less, smaller in (
        (DAY, "d", HOUR, "h"), (HOUR, "h", MINUTE, "min"), (MINUTE, "min", SECOND, "s"),
    ):  # fmt: skip
        if millis >= unit:
            return f"{millis // unit} {word} {millis % unit // less} {smaller}"
    return ""


def shortened(ids: list[str], least: int = _SHORT) -> int:
    """How many characters tell these ids apart."""
    longest = max((len(one) for one in ids), default=least)
    for length in range(least, longest):
        if len({one[:length] for one in ids}) == len(set(ids)):
            return length
    return longest


def _local(moment: Millis) -> datetime:
    return datetime.fromtimestamp(moment / 1000, UTC).astimezone()
