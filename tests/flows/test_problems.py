"""What is wrong with a file is told with its place and the way out."""

import msgspec
import pytest

from dragoman.flows.reading import read
from dragoman.kernel.errors import Problems
from tests.flows.malformed import CONNECTIONS, FILES, Found, call, steps
from tests.flows.worlds import HEAD, WORLD

ACCOUNTS = msgspec.structs.replace(
    WORLD, connections={"main": "highlevel", "second": "highlevel", "marketing": "acton"}
)


def problems(error: Problems) -> list[Found]:
    return [
        (f"{one.where.line}:{one.where.column}" if one.where else "", one.message, one.fix)
        for one in error.problems
    ]


@pytest.mark.parametrize(("text", "expected"), FILES.values(), ids=FILES)
def test_a_wrong_file_is_told_with_place_and_way_out(text: str, expected: list[Found]) -> None:
    with pytest.raises(Problems) as caught:
        read(text, "flows/test.yaml", WORLD)

    assert problems(caught.value) == expected
    assert all(one.where and one.where.file == "flows/test.yaml" for one in caught.value.problems)


@pytest.mark.parametrize(("text", "expected"), CONNECTIONS.values(), ids=CONNECTIONS)
def test_a_doubtful_account_is_told(text: str, expected: list[Found]) -> None:
    with pytest.raises(Problems) as caught:
        read(text, "flows/test.yaml", ACCOUNTS)

    assert problems(caught.value) == expected


def test_no_account_at_all_is_told() -> None:
    world = msgspec.structs.replace(WORLD, connections={})

    with pytest.raises(Problems) as caught:
        read(call("contacts.upsert"), "f.yaml", world)

    assert problems(caught.value) == [
        ("6:5", "there is no connection to highlevel", "add one: dragoman connections add")
    ]


@pytest.mark.parametrize(
    ("connections", "defaults"),
    [({"only": "highlevel"}, {}), ({"a": "highlevel", "b": "highlevel"}, {"highlevel": "a"})],
    ids=["the only one", "a default"],
)
def test_no_doubt_no_problem(connections: dict[str, str], defaults: dict[str, str]) -> None:
    world = msgspec.structs.replace(WORLD, connections=connections, defaults=defaults)

    assert read(call("contacts.upsert"), "f.yaml", world).steps


def test_the_events_own_connection_and_built_ins_need_no_choice() -> None:
    world = msgspec.structs.replace(WORLD, connections={"a": "acton", "b": "acton"})
    text = steps(
        "  - {id: a, call: acton.records.update}\n  - {id: b, call: dragoman.sentiment.call}\n"
    )

    assert len(read(text, "f.yaml", world).steps) == 2


def test_a_hundred_problems_are_enough() -> None:
    with pytest.raises(Problems) as caught:
        read(HEAD + "".join(f"k{number}: 1\n" for number in range(5000)), "f.yaml", WORLD)

    assert len(caught.value.problems) == 100


def test_half_a_character_is_refused_with_its_place() -> None:
    text = 'flow: half\non: acton.contact.added\nwith: {list: l-1}\nsteps:\n  - stop: "\\ud800"\n'

    with pytest.raises(Problems) as caught:
        read(text, "half.yaml", WORLD)

    where = caught.value.problems[0].where
    assert where is not None
    assert (where.line, where.column) == (5, 11)
