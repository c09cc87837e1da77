"""What cannot be scored is refused with a way out, and never with what was said."""

from typing import Any

import pytest

from dragoman.kernel.errors import BadInput
from dragoman.sentiment import LONGEST, score


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"text": None, "turns": None},
        {"text": "secret", "turns": [{"text": "secret"}]},
        {"text": 7},
        {"text": b"secret"},
        {"turns": "secret"},
        {"turns": ["secret"]},
        {"turns": [{"speaker": "caller"}]},
        {"turns": [{"speaker": 7, "text": "secret"}]},
        {"turns": [{"text": "secret", "start": "secret"}]},
        {"text": "secret", "lang": 7},
        {"text": "secret", "lang": "english"},
        {"text": "secret", "lang": "en-secret secret"},
        {"text": "secret " * LONGEST},
        {"turns": [{"text": ""}] * (LONGEST + 1)},
        ["secret"],
        "secret",
        None,
    ],
)
def test_bad_input_is_refused_with_a_way_out(given: Any) -> None:
    with pytest.raises(BadInput) as caught:
        score(given)

    assert caught.value.fix
    assert "secret" not in caught.value.message


def test_the_place_of_a_wrong_type_is_named() -> None:
    with pytest.raises(BadInput, match=r"\$\.turns\[1\]\.text"):
        score({"turns": [{"text": "a"}, {"text": 7}]})


def test_what_else_stands_in_the_input_is_passed_over() -> None:
    turn = {"speaker": "caller", "text": "I love it", "start": 0, "end": 1200.5, "confidence": 0.9}

    assert score({"id": "x", "turns": [turn]})["label"] == "positive"


@pytest.mark.parametrize(
    "piece",
    ["!", "a", " ", "\n", "a b", "but good ", ". ", "😡", "no ", "\x00", "谢", "real person "],
)
def test_the_longest_text_is_scored_whatever_it_is_made_of(piece: str) -> None:
    text = (piece * LONGEST)[:LONGEST]

    assert score({"text": text, "lang": "en"})["engine"] == "base-1"


def test_speech_without_full_stops_is_cut_between_words() -> None:
    text = "so i was happy and then " * 500

    evidence = score({"text": text})["evidence"]

    assert evidence
    assert all(len(one["text"]) <= 1000 for one in evidence)
    assert all(one["text"].startswith(("so", "i", "was", "happy", "and")) for one in evidence)
