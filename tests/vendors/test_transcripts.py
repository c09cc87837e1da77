"""Every shape in which a transcript may come, and what is made of it."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.vendors.highlevel.transcripts import tidy

WORDS = st.text(min_size=1).filter(str.strip)
NUMBERS = st.integers(0, 10**9)
SENTENCES = st.builds(
    lambda channel, start, length, text: {
        "mediaChannel": channel,
        "sentenceIndex": 0,
        "startTime": start,
        "endTime": start + length,
        "transcript": text,
        "confidence": 0.9,
    },
    st.sampled_from([1, 2, 3]),
    NUMBERS,
    NUMBERS,
    WORDS,
)
KEYS = st.text(min_size=1).filter(lambda key: key != "transcript")


def said(channel: Any, text: str, start: Any = 0, end: Any = 1) -> dict[str, Any]:
    return {"mediaChannel": channel, "startTime": start, "endTime": end, "transcript": text}


@given(st.lists(SENTENCES, min_size=1), KEYS, st.text())
def test_a_list_is_the_same_under_whatever_name(
    sentences: list[dict[str, Any]], key: str, trace: str
) -> None:
    bare = tidy(sentences)

    assert tidy({key: sentences}) == bare
    assert tidy({key: sentences, f"{key}Id": trace, "count": len(sentences)}) == bare
    assert tidy({key: {key: sentences}}) == bare


@given(SENTENCES, KEYS)
def test_one_sentence_is_a_list_of_one(sentence: dict[str, Any], key: str) -> None:
    alone = tidy(sentence)

    assert alone == tidy([sentence]) == tidy({key: sentence})
    assert alone["ready"] is True
    assert alone["segments"] == [sentence]


@given(st.lists(SENTENCES, min_size=1))
def test_turns_hold_every_word_once_and_in_order(sentences: list[dict[str, Any]]) -> None:
    found = tidy(sentences)
    ordered = sorted(sentences, key=lambda one: int(one["startTime"]))

    assert " ".join(turn["text"] for turn in found["turns"]) == " ".join(
        one["transcript"].strip() for one in ordered
    )
    assert [turn["start"] for turn in found["turns"]] == sorted(
        turn["start"] for turn in found["turns"]
    )
    speakers = [turn["speaker"] for turn in found["turns"]]
    assert all(one != other for one, other in pairwise(speakers))


@pytest.mark.parametrize(
    "nothing",
    [{}, [], {"transcription": []}, {"transcription": None}, None, "soon", 7, [None, 7, "soon"],
     {"transcript": ""}, {"transcript": "  "}, [{"transcript": None}], {"message": "not yet"},
     {"mediaChannel": 1}],
    ids=repr,
)  # fmt: skip
def test_nothing_said_is_no_transcript_yet(nothing: Any) -> None:
    assert tidy(nothing) == {"ready": False, "segments": [], "turns": [], "text": ""}


def test_what_one_side_says_in_a_row_is_a_turn() -> None:
    found = tidy(
        [
            said(2, "This is the third time.", 4200, 6000),
            said(1, "Hello.", 0, 800),
            said(2, "My order did not come. ", 1900, 4100),
        ]
    )

    assert found["turns"] == [
        {"speaker": "agent", "text": "Hello.", "start": 0, "end": 800},
        {
            "speaker": "caller",
            "text": "My order did not come. This is the third time.",
            "start": 1900,
            "end": 6000,
        },
    ]
    assert found["text"] == (
        "agent: Hello.\ncaller: My order did not come. This is the third time."
    )


def test_numbers_may_come_as_text_or_with_a_point() -> None:
    found = tidy([said("1", "Hello.", "34", "45.0"), said(2.0, "Yes?", 50.4, None)])

    assert found["turns"] == [
        {"speaker": "agent", "text": "Hello.", "start": 34, "end": 45},
        {"speaker": "caller", "text": "Yes?", "start": 50, "end": None},
    ]


@pytest.mark.parametrize("start", [None, "soon", [], float("inf"), float("nan")])
def test_without_all_times_the_order_is_the_vendors(start: Any) -> None:
    found = tidy([said(1, "One.", 900), said(2, "Two.", start), said(1, "Three.", 0)])

    assert [turn["text"] for turn in found["turns"]] == ["One.", "Two.", "Three."]


def test_other_sides_are_named_by_their_number_and_unnamed_ones_not_at_all() -> None:
    found = tidy([said(7, "Psst."), said(None, "Who is there?"), said("left", "Nobody.")])

    assert found["text"] == "channel 7: Psst.\nWho is there? Nobody."
