"""What was said in a call, in one form.

The vendor's schema shows one sentence; its `sentenceIndex` suggests a list of them. So one, a list,
and either under whatever name are accepted; nothing means that there is no transcript yet.
"""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

_SPEAKERS = {1: "agent", 2: "caller"}
"""By `mediaChannel`; which side is which is in no document."""


def tidy(content: Any) -> dict[str, Any]:
    """`{ready, segments, turns, text}`: sentences as they came, and what one side said in a row.

    Times are milliseconds from the beginning of the call.
    """
    segments = list(_segments(content))
    starts = [_whole(one, "startTime") for one in segments]
    if None not in starts:
        segments.sort(key=lambda one: _whole(one, "startTime") or 0)
    turns = [_turn(speaker, list(said)) for speaker, said in groupby(segments, key=_speaker)]
    return {
        "ready": bool(segments),
        "segments": segments,
        "turns": turns,
        "text": "\n".join(_line(turn) for turn in turns),
    }


def _segments(content: Any) -> Iterator[dict[str, Any]]:
    """The sentences, wherever they stand."""
    match content:
        case {"transcript": str() as said}:
            if said.strip():
                yield content
        case dict():
            for inner in content.values():
                yield from _segments(inner)
        case list():
            for inner in content:
                yield from _segments(inner)
        case _:
            return


def _speaker(segment: dict[str, Any]) -> str:
    channel = _whole(segment, "mediaChannel")
    return "" if channel is None else _SPEAKERS.get(channel, f"channel {channel}")


def _turn(speaker: str, said: list[dict[str, Any]]) -> dict[str, Any]:
    ends = [end for one in said if (end := _whole(one, "endTime")) is not None]
    return {
        "speaker": speaker,
        "text": " ".join(one["transcript"].strip() for one in said),
        "start": _whole(said[0], "startTime"),
        "end": max(ends, default=None),
    }


def _line(turn: dict[str, Any]) -> str:
    return f"{turn['speaker']}: {turn['text']}" if turn["speaker"] else turn["text"]


def _whole(segment: dict[str, Any], name: str) -> int | None:
    """A whole number, which may have come as text or with a point."""
    try:
        return round(float(segment[name]))
    except (KeyError, OverflowError, TypeError, ValueError):
        return None
