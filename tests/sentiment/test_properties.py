"""What holds for every input there can be."""

import json
import math
from contextlib import suppress
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from dragoman.kernel.errors import BadInput
from dragoman.sentiment import score

WORDS = st.sampled_from(
    ["good", "awful", "not", "never", "but", "very", "HATE", "thanks", "no", "ok", "!!", "?", ".",
     "😡", "👍", ":)", "cancel", "\n", "the", "gracias", "it's", "don\u2019t", "\x00", "  "]
)  # fmt: skip
SAID = st.lists(WORDS, max_size=25).map(" ".join) | st.text(max_size=60)
ODD = st.text(st.characters(), max_size=60)
"""Any code points, halves of characters included."""
SPEAKERS = st.sampled_from(["caller", "agent", "customer", "", "Jo", None])
TURN = st.fixed_dictionaries({"text": SAID}, optional={"speaker": SPEAKERS})
LANGUAGES = st.sampled_from([None, "en", "en-US", "es", "und"])
GIVEN = st.fixed_dictionaries({"text": SAID}, optional={"lang": LANGUAGES}) | st.fixed_dictionaries(
    {"turns": st.lists(TURN, max_size=6)}, optional={"lang": LANGUAGES}
)
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | ODD | st.binary(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["text", "turns", "lang", "speaker", "start"]) | st.text(max_size=3),
            inner,
            max_size=4,
        )
    ),
    max_leaves=10,
)


@given(GIVEN)
def test_chances_sum_to_one_and_the_label_is_the_likeliest(given: dict[str, Any]) -> None:
    verdict = score(given)
    chances = verdict["p"]

    assert all(0 <= chance <= 1 for chance in chances.values())
    assert math.isclose(sum(chances.values()), 1, abs_tol=1e-9)
    assert math.isclose(verdict["score"], chances["positive"] - chances["negative"], abs_tol=1e-9)
    if verdict["label"] == "unknown":
        assert len(set(chances.values())) == 1
    else:
        assert chances[verdict["label"]] == max(chances.values())


@given(GIVEN)
def test_evidence_is_what_was_said_where_it_is_said_to_be(given: dict[str, Any]) -> None:
    for one in score(given)["evidence"]:
        said = given["turns"][one["turn"]] if "turns" in given else given
        assert one["text"] in said["text"]
        assert one["text"].strip()
        assert one.get("speaker") == (said.get("speaker") or None)
        assert 0 < abs(one["score"]) <= 1


@given(GIVEN)
def test_the_same_input_has_the_same_verdict(given: dict[str, Any]) -> None:
    assert score(given) == score(given)


@given(ODD)
def test_any_code_points_make_a_verdict_that_json_can_hold(text: str) -> None:
    for given_ in ({"text": text}, {"turns": [{"speaker": text, "text": text}]}):
        json.dumps(score(given_), ensure_ascii=False).encode()


@given(JUNK)
def test_anything_else_is_refused_and_nothing_breaks(junk: Any) -> None:
    with suppress(BadInput):
        assert score(junk)["engine"] == "base-1"
