"""A recording: a real WAV file, in which each side of the call hums at a pitch of its own."""

import io
import struct
import wave
from collections.abc import Iterable
from math import pi, sin

from dragoman.simulator.highlevel.records import Turn

RATE = 8_000
"""Samples a second, as telephones have it; 16 bits each, one channel."""
LONGEST = 4.0
"""Seconds that are recorded at most, however long the call was."""

_PITCH = {"agent": 440.0, "caller": 330.0}
_LOUDNESS = 6_000
_GAP = 0.1


def recording(turns: Iterable[Turn]) -> bytes:
    """Hum a little for each turn, longer for longer ones; a second of silence if nobody spoke."""
    samples: list[int] = []
    for turn in turns:
        seconds = min(0.2 + len(turn.text) / 200, 1.0)
        samples += _tone(_PITCH.get(turn.speaker, 220.0), seconds)
        samples += [0] * round(_GAP * RATE)
    return _wav((samples or [0] * RATE)[: round(LONGEST * RATE)])


def _tone(pitch: float, seconds: float) -> list[int]:
    step = 2 * pi * pitch / RATE
    return [round(_LOUDNESS * sin(step * place)) for place in range(round(seconds * RATE))]


def _wav(samples: list[int]) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(2)
        written.setframerate(RATE)
        written.writeframes(struct.pack(f"<{len(samples)}h", *samples))
    return file.getvalue()
