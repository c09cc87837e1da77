"""What the engine makes of plain cases, and whose words decide."""

import pytest

from dragoman.sentiment import score

FURIOUS = "This is terrible, I am furious."
PLEASED = "This is wonderful, I am so happy, thank you!"
PLAIN = "The office is on the second floor."


def turns(*said: tuple[str | None, str]) -> dict[str, object]:
    return {"turns": [{"speaker": who, "text": text} for who, text in said]}


@pytest.mark.parametrize(
    ("text", "label"),
    [
        (FURIOUS, "negative"),
        (PLEASED, "positive"),
        (PLAIN, "neutral"),
        ("Not happy with the repair", "negative"),
        ("not bad at all!", "positive"),
        ("Still no reply 😡", "negative"),
        ("👎", "negative"),
        ("👍", "positive"),
        ("I don\u2019t like this, it doesn\u2019t work", "negative"),
        ("They double charged me", "negative"),
        ("What time do you open on Saturday?", "neutral"),
        ("Please cancel my appointment, I would like to come on Friday", "neutral"),
        ("STOP", "neutral"),
        ("ok", "neutral"),
        ("no", "neutral"),
        ("44817", "neutral"),
    ],
)
def test_a_plain_text_is_read_as_people_read_it(text: str, label: str) -> None:
    assert score({"text": text})["label"] == label


@pytest.mark.parametrize(
    "given",
    [
        {"text": ""},
        {"text": " \n\t "},
        {"turns": []},
        turns(("caller", " ")),
        turns(("agent", PLEASED), ("Agent ", FURIOUS), ("user", PLEASED)),
    ],
)
def test_where_nobody_says_a_thing_the_verdict_is_unknown(given: dict[str, object]) -> None:
    verdict = score(given)

    assert verdict == {
        "label": "unknown",
        "p": {"negative": 1 / 3, "neutral": 1 / 3, "positive": 1 / 3},
        "score": 0.0,
        "topics": [],
        "evidence": [],
        "engine": "base-1",
    }


@pytest.mark.parametrize("caller", ["caller", "customer", "Client", "speaker 2", None])
def test_the_politeness_of_an_agent_counts_for_nothing(caller: str | None) -> None:
    verdict = score(turns(("agent", PLEASED), (caller, FURIOUS), ("agent", PLEASED)))

    assert verdict["label"] == "negative"
    assert {one["turn"] for one in verdict["evidence"]} == {1}


def test_where_a_caller_is_named_nobody_else_decides() -> None:
    assert score(turns(("voice", PLEASED), ("caller", FURIOUS)))["label"] == "negative"


def test_where_no_speaker_is_known_all_decide() -> None:
    verdict = score({"turns": [{"text": PLAIN}, {"text": FURIOUS}]})

    assert verdict["label"] == "negative"
    assert verdict["evidence"][0] == {"text": FURIOUS, "score": -0.7783, "turn": 1}


def test_how_a_call_ends_weighs_more_than_how_it_began() -> None:
    better = turns(*[("caller", one) for one in (FURIOUS, PLAIN, PLAIN, PLEASED)])
    worse = turns(*[("caller", one) for one in (PLEASED, PLAIN, PLAIN, FURIOUS)])

    assert score(better)["label"] == "positive"
    assert score(worse)["label"] == "negative"


def test_small_talk_does_not_drown_a_complaint() -> None:
    assert score({"text": "\n".join([PLAIN] * 30 + [FURIOUS])})["label"] == "negative"


def test_stronger_words_make_the_verdict_surer() -> None:
    mild, strong = score({"text": "not great"}), score({"text": "horrible, the worst ever!!"})

    assert mild["label"] == strong["label"] == "negative"
    assert strong["p"]["negative"] > mild["p"]["negative"]
    assert strong["score"] < mild["score"] < 0


def test_evidence_is_the_strongest_first_and_at_most_three() -> None:
    said = [PLAIN, "It was fine.", "I love it!", "Bad start.", "An awful, horrible day!"]

    evidence = score({"text": " ".join(said)})["evidence"]

    assert [one["text"] for one in evidence] == [said[4], said[2], said[3]]
    assert [one["score"] > 0 for one in evidence] == [False, True, False]
    assert all(one.keys() == {"text", "score"} for one in evidence)


def test_evidence_of_a_call_says_who_and_where() -> None:
    evidence = score(turns(("agent", "How can I help?"), ("Customer", f"Hello. {FURIOUS}")))

    assert evidence["evidence"] == [
        {"text": FURIOUS, "score": -0.7783, "turn": 1, "speaker": "Customer"}
    ]


def test_what_clings_to_a_word_does_not_hide_it() -> None:
    for text in ("I am happy\x00.", "I am happy\ud800!", "I am\x85happy"):
        assert score({"text": text})["label"] == "positive"
