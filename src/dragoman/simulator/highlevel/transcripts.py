"""What was said in a call, as segments: one a sentence, each with its side and its time."""

import re

from dragoman.kernel.jsons import Json
from dragoman.simulator.highlevel.records import CallDetail, Turn

CHANNELS = {"agent": 1, "caller": 2}
"""`mediaChannel`: which side is which number, no document says."""
WORD_SECONDS = 0.4
CONFIDENCE = 0.94

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def spoken_seconds(turns: tuple[Turn, ...]) -> int:
    """How long the turns take to say; at least one second."""
    return max(round(sum(_words(turn.text) for turn in turns) * WORD_SECONDS), 1)


def segments(call: CallDetail) -> list[Json]:
    """Sentences in their order; `startTime` and `endTime` in ms, spread over the whole call."""
    sentences = [
        (turn.speaker, sentence)
        for turn in call.turns
        for sentence in _SENTENCE_END.split(turn.text.strip())
    ]
    whole = sum(_words(text) for _, text in sentences)
    found, said = [], 0
    for index, (speaker, text) in enumerate(sentences):
        start, said = said, said + _words(text)
        found.append(
            {
                "mediaChannel": CHANNELS[speaker],
                "sentenceIndex": index,
                "startTime": call.seconds * 1000 * start // whole,
                "endTime": call.seconds * 1000 * said // whole,
                "transcript": text,
                "confidence": CONFIDENCE,
            }
        )
    return found


def single(found: list[Json]) -> Json:
    """The one object of the schema: everything said, as if by one side."""
    return {
        **found[0],
        "endTime": found[-1]["endTime"],
        "transcript": " ".join(one["transcript"] for one in found),
    }


def plain(call: CallDetail) -> str:
    """The text file; its form is documented nowhere."""
    return "".join(f"{turn.speaker.capitalize()}: {turn.text}\n" for turn in call.turns)


def _words(text: str) -> int:
    return max(len(text.split()), 1)
