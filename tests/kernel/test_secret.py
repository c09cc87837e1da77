"""A secret never shows itself."""

import copy
import io
import json
import logging
import pickle
import traceback
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from rich.console import Console
from rich.pretty import Pretty

from dragoman.kernel.secret import Secret

CANARY = "canary-2d7a"
SECRET = Secret(CANARY)


class Holder(msgspec.Struct):
    name: str
    token: Secret


def pretty(value: object) -> str:
    screen = io.StringIO()
    Console(file=screen).print(Pretty(value))
    return screen.getvalue()


def logged(value: object) -> str:
    screen = io.StringIO()
    handler = logging.StreamHandler(screen)
    record = logging.LogRecord("x", logging.INFO, "x", 1, "%s %r", (value, value), None)
    handler.emit(record)
    return screen.getvalue()


SHOWN: dict[str, Callable[[], str]] = {
    "str": lambda: str(SECRET),
    "repr": lambda: repr(SECRET),
    "ascii": lambda: ascii(SECRET),
    "format": lambda: format(SECRET, ">20"),
    "percent": lambda: "%s %r" % (SECRET, SECRET),  # noqa: UP031  # the old way too
    "f-string": lambda: f"{SECRET} {SECRET!r} {SECRET!a} {SECRET:^30}",
    "in a list": lambda: str([SECRET, {"a": SECRET}]),
    "in a struct": lambda: repr(Holder("sales", SECRET)),
    "pretty": lambda: pretty([SECRET, Holder("sales", SECRET)]),
    "logged": lambda: logged(SECRET),
    "as dict": lambda: str(msgspec.structs.asdict(Holder("sales", SECRET))),
    "json with a default": lambda: json.dumps(SECRET, default=str),
    "dir": lambda: str(dir(SECRET)) + str(SECRET.__doc__),
}


@pytest.mark.parametrize("show", SHOWN.values(), ids=SHOWN)
def test_printing_it_shows_stars(show: Callable[[], str]) -> None:
    assert CANARY not in show()


def test_it_shows_that_there_is_something() -> None:
    assert str(SECRET) == "***"
    assert f"{SECRET:>5}" == "  ***"
    assert repr(SECRET) == "Secret(***)"


def test_a_traceback_with_local_values_does_not_show_it() -> None:
    def fail(token: Secret) -> None:
        raise RuntimeError(f"with {token}")

    with pytest.raises(RuntimeError) as failed:
        fail(SECRET)

    shown = traceback.TracebackException.from_exception(failed.value, capture_locals=True)
    lines = "".join(shown.format())
    assert "token = Secret(***)" in lines
    assert "with ***" in lines


WRITTEN: dict[str, Callable[[Any], object]] = {
    "json": json.dumps,
    "msgspec": msgspec.json.encode,
    "builtins": msgspec.to_builtins,
    "pickle": pickle.dumps,
    "deep copy": copy.deepcopy,
}


@pytest.mark.parametrize("write", WRITTEN.values(), ids=WRITTEN)
def test_writing_it_somewhere_fails_instead(write: Callable[[Any], object]) -> None:
    for value in (SECRET, [SECRET], {"token": SECRET}):
        with pytest.raises(TypeError) as refused:
            write(value)

        assert CANARY not in str(refused.value)


def test_a_struct_with_a_secret_cannot_become_json() -> None:
    with pytest.raises(TypeError):
        msgspec.json.encode(Holder("sales", SECRET))
    with pytest.raises(TypeError):
        copy.copy(SECRET)


def test_its_text_can_be_had_on_purpose_and_nowhere_else() -> None:
    assert SECRET.reveal() == CANARY
    assert not hasattr(SECRET, "__dict__")
    with pytest.raises(AttributeError):
        SECRET.other = 1  # type: ignore[attr-defined]


def test_it_is_true_where_it_holds_something() -> None:
    assert SECRET
    assert not Secret("")


def test_equality_tells_nothing_of_the_text() -> None:
    assert Secret(CANARY) != SECRET
    assert hash(SECRET) != hash(CANARY)
