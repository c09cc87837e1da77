"""Flow files: examples of each kind of step, versions, filters on events, hostile files."""

from importlib.resources import files

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dragoman.flows import documents
from dragoman.flows.flow import Flow, OnError
from dragoman.flows.planning import Fail, plan
from dragoman.flows.reading import read
from dragoman.flows.steps import kinds
from dragoman.kernel.errors import Problems
from tests.flows.worlds import HEAD, WORLD, flow, view

EXAMPLES = {
    one.name.removesuffix(".yaml"): one.read_text()
    for one in (files("dragoman.flows") / "examples").iterdir()
}
STOP = "steps: [{stop: x}]\n"


def test_every_kind_of_step_has_its_example() -> None:
    modules = {str(vars(kind)["__name__"]).rpartition(".")[2] for kind in kinds().values()}

    assert modules == set(EXAMPLES)


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_an_example_is_right_and_holds_its_kind(name: str) -> None:
    read_flow = read(EXAMPLES[name], f"{name}.yaml", WORLD)
    move = plan(read_flow, view(email="ada@example.org", phone="(415) 555-2671"), 0)

    assert name in {step.kind for step in read_flow.steps}
    assert not isinstance(move.next, Fail)


def test_what_cannot_be_heard_yet_begins_no_flow_and_says_the_way_out() -> None:
    (heard,) = WORLD.triggers.values()
    deaf = msgspec.structs.replace(heard, callable=False, reason="nobody tells; poll instead")
    world = msgspec.structs.replace(WORLD, triggers={deaf.id: deaf})

    with pytest.raises(Problems) as wrong:
        flow("  - {stop: x}\n", world)

    (problem,) = wrong.value.problems
    assert problem.message == f"no flow can begin with {deaf.id}: nobody tells; poll instead"
    assert "catalog list --kind trigger" in problem.fix
    assert problem.where
    assert problem.where.line == 2


def test_a_flow_says_what_it_is() -> None:
    found = flow("  - {stop: x}\n", head=f"description: A test.\n{HEAD}on_error: {{retry: none}}\n")

    assert (found.name, found.trigger, found.description) == (
        "test", "acton.contact.added", "A test.",
    )  # fmt: skip
    assert found.settings == {"list": "l-1", "every": 60}
    assert found.on_error == OnError(1, "incident")
    assert found.text.startswith("description")
    assert found.file == "flows/test.yaml"


@pytest.mark.parametrize(
    ("said", "attempts"), [("default", None), ("none", 1), ("{attempts: 7}", 7)]
)
def test_retries(said: str, attempts: int | None) -> None:
    found = flow("  - {stop: x}\n", head=f"{HEAD}on_error: {{retry: {said}, then: continue}}\n")

    assert found.on_error == OnError(attempts, "continue")


def test_a_version_is_its_content_not_its_looks() -> None:
    one = read(f"# hello\n{HEAD}{STOP}", "a.yaml", WORLD)
    same = read(
        "steps:\n  - stop: 'x'   # why\nwith:\n  list: \"l-1\"\n"
        "on: acton.contact.added\nflow: test\n",
        "b.yaml",
        WORLD,
    )
    other = read(f"{HEAD}steps: [{{stop: y}}]\n", "a.yaml", WORLD)

    assert one.version == same.version != other.version
    assert len(one.version) == 12


def chooser(where: str) -> Flow:
    return read(f"{HEAD}where: {where}\n{STOP}", "f.yaml", WORLD)


def test_a_flow_chooses_events_by_its_settings_and_filter() -> None:
    found = chooser("event.data.email and not event.data.opted_out")

    assert found.chooses(view(email="a@example.com")) is None
    assert found.is_for(view(email="a@example.com").event["data"])
    assert not found.is_for(view(list_id="l-2").event["data"])
    assert found.chooses(view()) == "where: event.data.email and not event.data.opted_out"


def test_the_filter_of_events_sees_no_steps_and_may_be_a_plain_word() -> None:
    assert chooser("true").chooses(view()) is None
    assert chooser("false").chooses(view()) == "where: false"


def test_words_are_read_as_yaml_1_2_does_and_digits_as_written() -> None:
    found = flow(
        "  - id: a\n    map: {a: no, b: on, c: 0123, d: +14155550100, e: 12, f: 1.5, g: ~, h: 1e3,"
        " i: 2026-01-01, j: 0x10, k: 1_0, l: true, m: 'true', n: .inf}\n"
    )

    assert plan(found, view(), 0).notes[0].output == {
        "a": "no", "b": "on", "c": "0123", "d": "+14155550100", "e": 12, "f": 1.5, "g": None,
        "h": 1000.0, "i": "2026-01-01", "j": "0x10", "k": "1_0", "l": True, "m": "true",
        "n": ".inf",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: " + "x" * documents.SIZE, "the file is larger than 256 KiB"),
        ("[" * 1000, "nested deeper than 40 levels"),
        ("- " * 1000, "nested deeper than 40 levels"),
        ("{a: " * 1000, "nested deeper than 40 levels"),
        ("[" + "1," * 60_000 + "]", "the file holds more than 20000 values"),
        ("a: &a [x, x]\nb: &b [*a, *a]\n", "anchors and aliases are not allowed here"),
        (HEAD + "steps:\n" + "- stop: x\n" * 400, "a flow has at most 300 steps"),
        (HEAD + "steps: [{stop: '{{ \"" + '\\"' * 50_000 + "'}]\n", "'{{' is not closed within"),
    ],
    ids=["size", "lists", "dashes", "mappings", "values", "aliases", "steps", "quotes"],
)
def test_a_hostile_file_is_refused_plainly(text: str, message: str) -> None:
    with pytest.raises(Problems) as caught:
        read(text, "f.yaml", WORLD)

    assert any(one.message.startswith(message) for one in caught.value.problems)


def attempt(text: str) -> Flow | Problems:
    try:
        return read(text, "f.yaml", WORLD)
    except Problems as problems:
        return problems


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200) | st.text(alphabet="ab:-[]{}&*!|>'\"%#?,. \n\t\\", max_size=60))
@example('"\\U00110000"')
@example("%TAG ! x\n--- !a b")
@example("? [")
@example("\ufeffa: b")
@example("\x85\u2028: x")
@example("\ud800: x")
def test_any_text_is_a_flow_or_problems(text: str) -> None:
    found = attempt(text)

    if isinstance(found, Problems):
        assert found.problems
        assert all(one.where and one.where.line > 0 for one in found.problems)


LINES = st.sampled_from(
    [
        "flow: a", "on: acton.contact.added", "with: {list: l}", "where: event.id", "steps:",
        "  - stop: x", "  - {id: a, map: {x: '{{ event.id }}'}}", "  - wait: 1h",
        "  - when: event.id", "    then:", "      - stop: x", "    else: []", "on_error: {}",
        "connections: {highlevel: x}", "  - id: b", "    call: highlevel.contacts.upsert",
        "    input: {email: '{{ steps.a.x }}'}", "    when: steps", "  -", "steps: []", "on:",
        "  - wait: {until: open, zone: [x]}", "  - then: {}", "  - {id: [a], call: {}}",
        "on_error: {retry: {}, then: []}", "with: []", "  - stop: {as: [x]}", "  - wait: {for: {}}",
    ]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(LINES, max_size=14))
def test_any_lines_are_a_flow_or_problems(lines: list[str]) -> None:
    found = attempt("\n".join(lines))

    if isinstance(found, Flow):
        plan(found, view(), 0)
    else:
        assert found.problems
