"""Tables, words and times, the same in every command."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from rich.text import Text

from dragoman.cli import lines, terminal
from dragoman.kernel.clock import DAY, HOUR, MINUTE, SECOND, Millis, iso

_STYLES = {
    "active": "good", "armed": "good", "connected": "good", "done": "good", "routed": "good",
    "sorted": "good",
    "paused": "warn", "waiting": "warn", "running": "way", "refreshing": "way", "new": "way",
    "uncertain": "bad", "dead": "bad", "failed": "bad", "quarantined": "bad", "lost": "bad",
    "needs-reauthorization": "bad",
    "skipped": "quiet", "ignored": "quiet", "cancelled": "quiet", "not armed": "quiet",
    "expired": "quiet", "revoked": "quiet",
}  # fmt: skip
_SHORT = 13
"""Characters of a run's id that tell its millisecond."""

Cells = Sequence[str | Text]


def listing(headings: Cells, rows: Sequence[Cells], notes: Sequence[str] = ()) -> Text:
    """Columns as wide as what stands in them; a note goes under its row.

    In a row that is wider than the terminal the last cell goes under it, too.
    """
    told = [[_cell(one) for one in row] for row in rows]
    heads = [Text(str(one), "quiet") for one in headings]
    widths = [max(cell.cell_len for cell in column) for column in zip(heads, *told, strict=True)]
    under = Text(" " * (widths[0] + 2))
    found = list(_row(heads, widths, under)) if any(headings) else []
    for index, row in enumerate(told):
        found += _row(row, widths, under)
        if index < len(notes) and notes[index]:
            found += lines.beside(under.copy(), notes[index], "quiet")
    for line in found:
        line.rstrip()
    return Text("\n").join(found)


def state(word: str) -> Text:
    return Text(word, _STYLES.get(word, ""))


def environment(word: str) -> Text:
    return Text(word, "bold red" if word == "live" else "cyan")


def plural(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


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


def date(moment: Millis) -> str:
    return _local(moment).strftime("%d %b")


def brief(moment: Millis, now: Millis) -> str:
    """The time of a moment today, else its day and time to the minute."""
    then = _local(moment)
    today = then.date() == _local(now).date()
    return then.strftime("%H:%M:%S" if today else "%d %b %H:%M")


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


def _cell(one: str | Text) -> Text:
    return one if isinstance(one, Text) else Text(one)


def _row(cells: Sequence[Text], widths: Sequence[int], under: Text) -> Iterator[Text]:
    line = _line(cells, widths)
    if line.cell_len <= terminal.out().width:
        yield line
        return
    yield _line(cells[:-1], widths)
    yield from lines.beside(under.copy(), cells[-1])


def _line(cells: Sequence[Text], widths: Sequence[int]) -> Text:
    text = Text()
    for cell, width in zip(cells, widths, strict=False):
        text.append_text(cell).append(" " * (width - cell.cell_len + 2))
    text.rstrip()
    return text


def _local(moment: Millis) -> datetime:
    return datetime.fromtimestamp(moment / 1000, UTC).astimezone()
