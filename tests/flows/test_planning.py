"""The next move of a run, from what is recorded so far."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from dragoman.flows.flow import Flow
from dragoman.flows.planning import (
    Call,
    Fail,
    Finish,
    Move,
    Note,
    Recorded,
    View,
    Wait,
    plan,
)
from dragoman.kernel.clock import HOUR, millis
from tests.flows.worlds import HEAD, flow, view

NOW = millis("2026-03-02T12:00:00Z")

THREE_CALLS = """
  - id: contact
    call: highlevel.contacts.upsert
    input: {email: "{{ event.data.email }}", phone: "{{ event.data.phone }}"}
  - id: conversation
    call: highlevel.conversations.ensure
    input: {contactId: "{{ steps.contact.contact.id }}"}
  - id: welcome
    call: highlevel.messages.send
    when: steps.contact.contact | may_receive('SMS')
    input:
      type: SMS
      contactId: "{{ steps.contact.contact.id }}"
      message: "Hi {{ event.data.first_name or 'there' }}, thanks."
"""


def following(read: Flow, seen: View, now: int = NOW) -> tuple[Move, View]:
    """Plan, and record what the engine would record of the notes."""
    move = plan(read, seen, now)
    steps = {**seen.steps, **{note.step: note.recorded for note in move.notes}}
    return move, msgspec.structs.replace(seen, steps=steps)


def done(seen: View, step: str, output: object = None) -> View:
    steps = {**seen.steps, step: Recorded("done", output)}
    return msgspec.structs.replace(seen, steps=steps)


def called(move: Move) -> Call:
    assert isinstance(move.next, Call)
    return move.next


def test_calls_follow_each_other_and_use_what_came_before() -> None:
    read = flow(THREE_CALLS)
    seen = view(email="ada@example.com")

    first = called(plan(read, seen, NOW))
    assert (first.step, first.connection) == ("contact", None)
    assert first.input == {"email": "ada@example.com", "phone": None}

    seen = done(seen, "contact", {"contact": {"id": "c-1"}})
    second = called(plan(read, seen, NOW))
    assert second.input == {"contactId": "c-1"}

    seen = done(seen, "conversation", {})
    third = called(plan(read, seen, NOW))
    assert third.operation.id == "highlevel.messages.send"
    assert third.input["message"] == "Hi there, thanks."

    assert plan(read, done(seen, "welcome", {}), NOW) == Move([], Finish("done"))


def test_a_guard_that_does_not_hold_skips_with_its_reason() -> None:
    read = flow(
        "  - {id: a, when: event.data.email, call: highlevel.contacts.upsert}\n"
        "  - {id: b, map: {id: '{{ steps.a.contact.id }}'}}\n"
    )

    assert plan(read, view(), NOW) == Move(
        [
            Note("a", "call", None, "when: event.data.email"),
            Note("b", "map", {"id": None}),
        ],
        Finish("done"),
    )


def test_a_branch_notes_its_side_and_names_its_steps_by_position() -> None:
    read = flow(
        "  - when: event.data.email\n"
        "    then:\n"
        "      - wait: 1h\n"
        "      - {id: a, map: {x: then}}\n"
        "    else:\n"
        "      - when: event.data.phone\n"
        "        then: [{wait: 2h}]\n"
        "  - {id: b, map: {x: '{{ steps.a.x }}'}}\n"
    )

    move, seen = following(read, view(email="a@example.com"))
    assert move.notes == [Note("1", "when", "then")]
    assert move.next == Wait("1.then.1", NOW + HOUR, "wait: 1h")
    move, seen = following(read, done(seen, "1.then.1"))
    assert [note.step for note in move.notes] == ["a", "b"]
    assert seen.steps["b"].output == {"x": "then"}

    move, seen = following(read, view(phone="1"))
    assert move.notes == [Note("1", "when", "else"), Note("1.else.1", "when", "then")]
    assert move.next == Wait("1.else.1.then.1", NOW + 2 * HOUR, "wait: 2h")
    move, seen = following(read, done(seen, "1.else.1.then.1"))
    assert seen.steps["b"].output == {"x": None}


def test_what_is_recorded_is_not_computed_again() -> None:
    read = flow(
        "  - {when: event.data.email, then: [{wait: 1h}], else: [{stop: no}]}\n"
        "  - {id: a, map: {x: '{{ 1 / 0 }}'}}\n"
    )
    seen = done(done(done(view(), "1", "then"), "1.then.1"), "a", {"x": 1})

    assert plan(read, seen, NOW) == Move([], Finish("done"))


def test_a_failed_step_ends_the_run_unless_the_flow_goes_on() -> None:
    steps = (
        "  - {id: a, call: highlevel.contacts.upsert}\n"
        "  - {id: b, map: {x: '{{ steps.a.contact }}'}}\n"
    )
    seen = view({"a": Recorded("failed", reason="the vendor refused")})

    stopped = plan(flow(steps), seen, NOW)
    assert isinstance(stopped.next, Fail)
    assert "the vendor refused" in stopped.next.error.message

    goes_on = flow(steps, head=f"{HEAD}on_error: {{then: continue}}\n")
    assert plan(goes_on, seen, NOW) == Move([Note("b", "map", {"x": None})], Finish("done"))


def test_a_failed_branch_takes_neither_side() -> None:
    read = flow(
        "  - {when: 1 / 0, then: [{stop: yes}], else: [{stop: no}]}\n",
        head=f"{HEAD}on_error: {{then: continue}}\n",
    )

    assert plan(read, view({"1": Recorded("failed")}), NOW) == Move([], Finish("done"))


def test_the_account_is_the_steps_then_the_flows() -> None:
    read = flow(
        "  - {id: a, call: highlevel.contacts.upsert, connection: second}\n"
        "  - {id: b, call: highlevel.contacts.upsert}\n",
        head=f"{HEAD}connections: {{highlevel: main}}\n",
    )

    assert called(plan(read, view(), NOW)).connection == "second"
    assert called(plan(read, done(view(), "a"), NOW)).connection == "main"


LONG = flow(
    "  - {id: m, map: {x: '{{ event.data.email }}'}}\n"
    "  - {when: steps.m.x, then: [{wait: 1h}], else: [{id: k, map: {y: 1}}]}\n" + THREE_CALLS
)


@given(st.text(), st.none() | st.text())
def test_planning_is_pure(email: str, phone: str | None) -> None:
    seen = view(email=email, phone=phone)
    before = msgspec.json.encode(seen)

    assert plan(LONG, seen, NOW) == plan(LONG, seen, NOW)
    assert msgspec.json.encode(seen) == before


@given(st.sampled_from(["", "a@example.com"]), st.lists(st.integers(0, 3), max_size=8))
def test_resuming_anywhere_arrives_at_the_same_end(email: str, crashes: list[int]) -> None:
    """A crash may lose notes that were not yet recorded, never one that was."""
    seen = view(email=email)
    called = []
    while not isinstance((move := plan(LONG, seen, NOW)).next, Finish):
        kept = move.notes[: crashes[0]] if crashes else move.notes
        for note in kept:
            seen = done(seen, note.step, note.output)
        if crashes:
            crashes = crashes[1:]
            continue
        assert isinstance(move.next, Call | Wait)
        called.append(move.next.step)
        seen = done(seen, move.next.step, {"contact": {"id": "c"}})

    waited = ["2.then.1"] if email else []
    assert called == [*waited, "contact", "conversation", "welcome"]
