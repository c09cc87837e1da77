"""Subjects are found whatever is said of them, and not inside other words."""

import pytest

from dragoman.sentiment import score


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("Please CANCEL my membership", ["cancel"]),
        ("My cancellation was refunded, thanks", ["cancel", "refund"]),
        ("I want my money\n back", ["refund"]),
        ("My next call is to my attorney's office", ["legal"]),
        ("Let me talk to a real person", ["human_request"]),
        ("representative.", ["human_request"]),
        ("I spoke to your representative yesterday", []),
        ("STOP", ["opt_out"]),
        ("Stop!", ["opt_out"]),
        ("Please stop by on Friday", []),
        ("don\N{RIGHT SINGLE QUOTATION MARK}t text me again", ["opt_out"]),
        ("I will leave a bad review on Google", ["public_review"]),
        ("We need this ASAP", ["urgent"]),
        ("Where do I sign up for the course?", ["purchase_intent"]),
        ("The insurgents of the novel pursued me", []),
        ("What time do you open?", []),
    ],
)
def test_topics_are_found(text: str, topics: list[str]) -> None:
    assert score({"text": text, "lang": "en"})["topics"] == topics


def test_the_topics_of_a_call_are_those_of_its_caller() -> None:
    said = [
        {"speaker": "agent", "text": "Would you like a refund, or to cancel?"},
        {"speaker": "caller", "text": "Neither, I would like to talk to a person."},
    ]

    assert score({"turns": said})["topics"] == ["human_request"]
