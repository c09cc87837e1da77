"""The tree of errors is as drawn, and every error is of use to whoever gets it."""

import re

import msgspec
import pytest

from dragoman.kernel import errors
from dragoman.kernel.errors import (
    BadAnswer,
    DefinitionError,
    DragomanError,
    Problems,
    RateLimited,
    Rejected,
    Where,
)

ALL = [
    one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, DragomanError)
]


def drawn() -> dict[str, str]:
    """From each error of the drawing to the one it hangs on."""
    found: dict[str, str] = {}
    above: list[str] = []
    for line in (errors.__doc__ or "").splitlines():
        match = re.match(r"((?:[│ ] {3})*)(?:[├└]── )?([A-Z]\w+)", line)
        if match and ("──" in line or line.strip() == "DragomanError"):
            depth = len(match[1]) // 4 + ("──" in line)
            above[depth:] = [match[2]]
            found[match[2]] = above[depth - 1] if depth else "Exception"
    return found


def test_the_drawing_shows_the_tree_as_it_is() -> None:
    assert drawn() == {one.__name__: one.__base__.__name__ for one in ALL if one.__base__}


def test_the_drawing_says_something_of_each() -> None:
    for line in (errors.__doc__ or "").splitlines():
        if "──" in line:
            assert re.search(r"[A-Z]\w+ {2,}\w+", line), line


@pytest.mark.parametrize("error", ALL)
def test_every_error_has_a_sentence_and_a_code_of_its_own(error: type[DragomanError]) -> None:
    assert error.__doc__
    assert error.__doc__.strip().endswith(".")
    assert re.fullmatch(r"[a-z_]+", error.code)
    assert [one for one in ALL if one.code == error.code] == [error]


@pytest.mark.parametrize("error", [one for one in ALL if one is not Problems])
def test_the_sentence_is_the_message_where_nobody_gave_one(error: type[DragomanError]) -> None:
    assert str(error()) == error.__doc__
    assert error("else").message == "else"
    assert error(fix="do this").fix == "do this"
    assert error().trace == ""


def test_an_error_as_json_names_code_message_way_out_and_place() -> None:
    error = DefinitionError("wrong", fix="mend it", where=Where("a.yaml", 3, 7))

    assert msgspec.json.decode(msgspec.json.encode(error.as_json())) == {
        "code": "definition",
        "message": "wrong",
        "fix": "mend it",
        "where": {"file": "a.yaml", "line": 3, "column": 7},
    }
    assert "where" not in BadAnswer("odd").as_json()


@pytest.mark.parametrize(
    ("where", "text"),
    [
        (Where("a.yaml", 3, 7), "a.yaml:3:7"),
        (Where("a.yaml"), "a.yaml"),
        (Where(line=3, column=7), "3:7"),
        (Where(), ""),
    ],
)
def test_a_place_is_written_as_editors_read_it(where: Where, text: str) -> None:
    assert str(where) == text


def test_what_a_vendor_said_besides_is_kept() -> None:
    refusal = Rejected(
        "no", status=400, reason="EXISTS", ids={"conversationId": "v-1"}, fix="use it"
    )

    assert (refusal.status, refusal.reason) == (400, "EXISTS")
    assert refusal.ids == {"conversationId": "v-1"}
    assert refusal.fix == "use it"
    assert Rejected().ids == {}
    assert RateLimited(retry_after=3.5).retry_after == 3.5
    assert RateLimited().retry_after is None


@pytest.mark.parametrize(("count", "words"), [(1, "1 problem found"), (2, "2 problems found")])
def test_several_problems_are_counted_and_kept(count: int, words: str) -> None:
    problems = [DefinitionError(str(number)) for number in range(count)]
    error = Problems(problems)

    assert error.message == words
    assert error.problems == problems
