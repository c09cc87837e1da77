"""Paging and filters by time, which the reads of /api/1 have in common."""

from collections.abc import Iterable

from dragoman.kernel.clock import SECOND, Millis
from dragoman.simulator.acton import answers
from dragoman.simulator.acton.call import Call
from dragoman.simulator.figures import whole


def page(call: Call) -> tuple[int, int]:
    """Offset and count; the count has a maximum."""
    most = call.world.settings.acton_page_maximum
    return call.number("offset", 0), min(call.number("count", most), most)


def bounds(call: Call, names: Iterable[str], unit: str) -> dict[str, Millis]:
    """The bounds that were given, in milliseconds; their unit is stated nowhere, so it is set.

    Raises:
        Refusal: one is no number.
    """
    factor = SECOND if unit == "s" else 1
    found = {}
    for name in names:
        text = call.request.query.get(name)
        if text:
            number = whole(text.removeprefix("-"))
            if number is None:
                raise answers.numbered(400, answers.PERIOD_INVALID, f"{name} invalid")
            found[name] = (-number if text.startswith("-") else number) * factor
    return found
