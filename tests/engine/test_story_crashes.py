"""The service may end at any point of a story: the next one goes on, and the vendors' ledgers show
each effect once. What nobody can tell is left to a person. The welcome flow: test_crashes.py.
"""

from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.simulator.highlevel.records import Contact
from tests.engine.people import known, opt_out, reply, ring, schedule
from tests.engine.points import CrashAt
from tests.engine.rig import Rig, play

DAY = 86_400


async def write(rig: Rig, email: str) -> None:
    await reply(rig, await known(rig, email))


async def call(rig: Rig, email: str) -> None:
    await ring(rig, await known(rig, email))


async def leave(rig: Rig, email: str) -> None:
    """They have a starred conversation with two messages to come, and opt out."""
    contact = await known(rig, email)
    await reply(rig, contact)
    conversation = rig.world.highlevel.conversation_of(contact)
    assert conversation is not None
    conversation.starred = True
    for text in ("first", "second"):
        await schedule(rig, contact, text, DAY)
    await opt_out(rig, email)


def told(rig: Rig, contact: Contact) -> None:
    records = rig.world.acton.default_list.records.values()
    (record,) = [one for one in records if one.values["E-mail Address"] == contact.email]
    assert record.values["Last Reply"] == "SMS"


def routed(rig: Rig, contact: Contact) -> None:
    assert contact.fields["assignedTo"] == rig.env["care_agent"]
    assert contact.active_workflows == [rig.env["care_workflow"]]
    assert contact.tags == ["unhappy-caller"]
    assert len(contact.tasks) == 1


def silenced(rig: Rig, contact: Contact) -> None:
    assert {contact.dnd_settings[name]["status"] for name in ("Email", "SMS")} == {"active"}
    conversation = rig.world.highlevel.conversation_of(contact.id)
    assert conversation is not None
    assert (conversation.unread, conversation.starred) == (0, False)
    assert [one.direction for one in conversation.messages] == ["inbound"]
    assert contact.tags == ["archived"]


class Story(NamedTuple):
    recipe: str
    happens: Callable[[Rig, str], Awaitable[None]]
    points: dict[str, int]
    """How often one person's story reaches each."""
    once: dict[str, int]
    """Effects that happen just so often for one person."""
    state: Callable[[Rig, Contact], None]
    """Checks what else is so in the end."""
    unclear: frozenset[tuple[str, int]]
    """Points of a create that nobody can look up: a crash there leaves it to a person."""


REPLY = Story(
    "conversation-activity-to-act-on",
    write,
    {"hook.stored": 1, "hook.sorted": 1, "intake.routed": 1, "call.intended": 3,
     "call.answered": 3, "run.finished": 1},
    {"touchpoint.added": 1},
    told,
    frozenset({("call.intended", 3), ("call.answered", 3)}),
)  # fmt: skip
CALL = Story(
    "call-sentiment-routing",
    call,
    {"hook.stored": 1, "hook.sorted": 1, "intake.routed": 1, "call.intended": 7,
     "call.answered": 7, "run.finished": 1},
    {"workflow.contact_added": 1, "task.created": 1, "touchpoint.added": 1},
    routed,
    frozenset({("call.intended", 7), ("call.answered", 7)}),
)  # fmt: skip
STATUS = Story(
    "archive-on-status",
    leave,
    {"poll.found": 1, "poll.stored": 1, "intake.routed": 1, "call.intended": 8,
     "call.answered": 8, "run.finished": 1},
    {"message.schedule_cancelled": 2},
    silenced,
    frozenset(),
)  # fmt: skip
STORIES = {"reply": REPLY, "call": CALL, "status": STATUS}


EVERY_POINT = [
    (name, point, count)
    for name, one in STORIES.items()
    for point, times in one.points.items()
    for count in range(1, times + 1)
]


async def prepare(rig: Rig, one: Story) -> None:
    await rig.prepare(one.recipe)
    await rig.subscribe("InboundMessage")
    # What was there before a source is looked at for the first time begins nothing.
    await rig.serve(4)


def as_told(rig: Rig, one: Story) -> None:
    people = list(rig.world.highlevel.contacts.values())
    found = Counter(entry["effect"] for entry in rig.world.ledger.entries)
    assert {effect: found[effect] for effect in one.once} == {
        effect: times * len(people) for effect, times in one.once.items()
    }
    for contact in people:
        one.state(rig, contact)


@pytest.mark.parametrize("name", STORIES)
def test_the_points_are_those_of_the_story(tmp_path: Path, name: str) -> None:
    """If a flow comes to pass other points, its list above must grow."""
    one = STORIES[name]

    async def story(rig: Rig) -> None:
        await prepare(rig, one)
        watch = CrashAt()
        await one.happens(rig, "bo@example.com")
        await rig.serve(60, watch)

        end = watch.reached.index("run.finished")
        assert Counter(watch.reached[: end + 1]) == one.points
        assert await rig.states() == [("done", "")]
        as_told(rig, one)

    play(tmp_path, story)


@pytest.mark.parametrize(("name", "point", "count"), EVERY_POINT)
def test_a_crash_at_a_named_point_changes_nothing_in_the_end(
    tmp_path: Path, name: str, point: str, count: int
) -> None:
    one = STORIES[name]

    async def story(rig: Rig) -> None:
        await prepare(rig, one)
        await one.happens(rig, "bo@example.com")
        assert not await rig.serve(60, CrashAt(point, count))
        assert await rig.serve(300)

        ((state, reason),) = await rig.states()
        if (point, count) in one.unclear:
            assert state == "uncertain"
            assert "nobody can tell whether it happened" in reason
            happened = point == "call.answered"
            assert len(rig.effects("touchpoint.added")) == happened
        else:
            assert (state, reason) == ("done", "")
            as_told(rig, one)

    play(tmp_path, story)


CRASHES = st.tuples(
    st.sampled_from(sorted({point for _, point, _ in EVERY_POINT})), st.integers(1, 9)
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(crashes=st.lists(CRASHES, max_size=4))
@pytest.mark.parametrize("name", STORIES)
def test_any_row_of_crashes_changes_nothing_in_the_end(
    tmp_path_factory: pytest.TempPathFactory, name: str, crashes: list[tuple[str, int]]
) -> None:
    one = STORIES[name]

    async def story(rig: Rig) -> None:
        await prepare(rig, one)
        for person in range(3):
            await one.happens(rig, f"bo{person}@example.com")
        for point, count in crashes:
            await rig.serve(30, CrashAt(point, count))
        await rig.serve(900)

        states = [state for state, _ in await rig.states()]
        assert len(states) == 3
        assert set(states) <= ({"done", "uncertain"} if one.unclear else {"done"})
        for effect, times in one.once.items():
            who = Counter(entry["subject"]["email"] for entry in rig.effects(effect))
            assert max(who.values(), default=0) <= times
        if "uncertain" not in states:
            as_told(rig, one)

    play(tmp_path_factory.mktemp("crashes"), story)
