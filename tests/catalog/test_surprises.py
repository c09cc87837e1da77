"""What a pure function stumbles over is told as an answer, without its words."""

from collections.abc import Callable, Generator
from typing import Any

import pytest

from dragoman.catalog import surprises
from dragoman.kernel.errors import BadAnswer, Rejected


def answered(value: Any) -> Any:
    return value


STUMBLES: dict[str, Callable[[], Any]] = {
    "no such field": lambda: answered({})["secret"],
    "no such item": lambda: answered([])[7],
    "text and number": lambda: answered("secret") + 1,
    "nothing": lambda: answered(None).get("secret"),
    "no number": lambda: int(answered("secret")),
    "zero": lambda: 1 // answered(0),
}


@pytest.mark.parametrize("stumble", STUMBLES.values(), ids=STUMBLES)
def test_a_stumble_is_a_bad_answer_that_names_no_value(stumble: Callable[[], Any]) -> None:
    with pytest.raises(BadAnswer) as error, surprises.told("highlevel.messages.list"):
        stumble()

    assert "highlevel.messages.list met a shape that nobody foresaw" in error.value.message
    assert "secret" not in error.value.message


def test_our_own_errors_and_the_end_of_a_plan_pass() -> None:
    def plan() -> Generator[int, None, str]:
        yield 1
        return "end"

    running = plan()
    next(running)
    with pytest.raises(StopIteration) as end, surprises.told("x"):
        next(running)
    assert end.value.value == "end"
    with pytest.raises(Rejected), surprises.told("x"):
        raise Rejected("no", status=400, reason="", ids={})
