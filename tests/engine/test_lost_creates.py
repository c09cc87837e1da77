"""Everything else that is created: looked up after a lost answer, and made once."""

from pathlib import Path
from typing import Any

import pytest

from tests.engine.people import known
from tests.engine.rig import Rig, bo, play

FLOW = """
flow: create
on: acton.contact.added
with: {list: l-0042}
steps:
  - id: made
    call: OPERATION
    input: {INPUT}
"""
# fmt: off
CREATES = {
    "note.created": (
        "highlevel.notes.create", "contactId: CONTACT, body: Wants a call", "highlevel", "/notes$",
    ),
    "task.created": (
        "highlevel.tasks.create",
        "contactId: CONTACT, title: Call back, dueDate: '2027-03-03T09:00:00Z'",
        "highlevel", "/tasks$",
    ),
    "workflow.contact_added": (
        "highlevel.contacts.add_to_workflow", "contactId: CONTACT, workflowId: WORKFLOW",
        "highlevel", "/workflow/",
    ),
    "contact.created": (
        "highlevel.contacts.create", "email: cleo@example.com, firstName: Cleo",
        "highlevel", "/contacts/$",
    ),
    "message.logged": (
        "highlevel.messages.add_inbound",
        "contactId: CONTACT, conversationId: CONVERSATION, type: SMS, message: Hello",
        "highlevel", "/inbound$",
    ),
    "subtype.created": (
        "highlevel.conversation_subtypes.create", "name: News, channel: email, language: en",
        "highlevel", "/custom-subtypes$",
    ),
    "user.created": (
        "highlevel.users.create",
        ("companyId: COMPANY, firstName: Cleo, lastName: Example, email: cleo@example.com, "
         "password: to-be-changed, type: account, role: user, locationIds: [LOCATION]"),
        "highlevel", "/users/$",
    ),
    "record.inserted": (
        "acton.records.create",
        "listid: l-0043, record: {E-mail Address: ann@example.com, First Name: Ann}",
        "acton", "/record$",
    ),
    "message.drafted": (
        "acton.messages.create", "type: draft, subject: News, title: Spring", "acton", "/message$",
    ),
    "message.scheduled": (
        "acton.messages.send_custom",
        ("title: Spring, subject: News, sendername: Ann, senderemail: ann@example.com, "
         "textbody: Hello, sendtoids: l-0043, when: 1900000000000"),
        "acton", "/message/custom/send$",
    ),
}
# fmt: on
TOUCH_POINT = (
    "destination: HighLevel, customeventaction: CUSTOM_GENERAL, email: ann@example.com, "
    "when: '2026-03-02 15:09:11', title: Called, createlistingentry: true"
)
AFTER: list[dict[str, Any]] = [
    {"kind": "cut", "when": "after"},
    {"kind": "act_then_status", "status": 503},
]
BEFORE: list[dict[str, Any]] = [
    {"kind": "cut", "when": "before"},
    {"kind": "status", "status": 502},
]


def kind(fault: Any) -> str:
    return f"{fault['kind']}-{fault.get('when', '')}" if isinstance(fault, dict) else str(fault)


async def begun(rig: Rig, operation: str, given: str) -> None:
    await rig.prepare(arm=False)
    contact = await known(rig, "ann@example.com")
    workflow = await rig.control("POST", "/control/highlevel/workflows", {"name": "Care"})
    await rig.control("POST", "/control/acton/lists", {"name": "Other"})
    state = rig.world.highlevel
    conversation = state.conversation_of(contact)
    assert conversation is not None
    ids = {
        "CONTACT": contact,
        "WORKFLOW": workflow["workflow"]["id"],
        "CONVERSATION": conversation.id,
        "COMPANY": state.company_id,
        "LOCATION": state.default_location.id,
    }
    for name, one in ids.items():
        given = given.replace(name, one)
    await rig.arm(FLOW.replace("OPERATION", operation).replace("INPUT", given))
    await rig.serve(4)
    await rig.add(bo())


def made(rig: Rig, effect: str) -> list[dict[str, Any]]:
    """What the step has made; the person added to the watched list is not of it."""
    return [one for one in rig.effects(effect) if one["subject"].get("email") != "bo@example.com"]


@pytest.mark.parametrize("fault", [*AFTER, *BEFORE], ids=kind)
@pytest.mark.parametrize("effect", CREATES)
def test_a_lost_create_is_made_once(tmp_path: Path, effect: str, fault: dict[str, Any]) -> None:
    async def story(rig: Rig) -> None:
        operation, given, vendor, path = CREATES[effect]
        await begun(rig, operation, given)
        await rig.fault(vendor=vendor, method="POST", path=path, fault=fault)
        await rig.serve(600)

        assert await rig.states() == [("done", "")]
        assert len(made(rig, effect)) == 1
        (run,) = await rig.runs()
        step = (await rig.steps(run))["made"]
        assert step.lost == 1
        assert bool(step.reason) == (fault in AFTER)

    play(tmp_path, story)


def test_what_nobody_can_look_up_is_left_to_a_person(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await begun(rig, "acton.touchpoints.add", TOUCH_POINT)
        lost = {"kind": "cut", "when": "after"}
        await rig.fault(vendor="acton", path="/customevents/fact$", fault=lost)
        await rig.serve(600)

        ((state, reason),) = await rig.states()
        assert state == "uncertain"
        assert "acton.touchpoints.add has no way to find out" in reason
        assert len(rig.effects("touchpoint.added")) == 1

    play(tmp_path, story)


def test_a_touch_point_whatever_is_answered_to_it_is_added(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await begun(rig, "acton.touchpoints.add", TOUCH_POINT)
        await rig.fault(vendor="acton", path="/customevents/fact$", fault={"kind": "empty"})
        await rig.serve(60)

        assert await rig.states() == [("done", "")]

    play(tmp_path, story)


def test_two_notes_of_the_same_words_are_two_notes(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        operation, given, vendor, path = CREATES["note.created"]
        await begun(rig, operation, given)
        await rig.serve(60)
        lost = {"kind": "cut", "when": "before"}
        await rig.fault(vendor=vendor, method="POST", path=path, fault=lost)
        await rig.add(bo(2))
        await rig.serve(600)

        assert len(rig.effects("note.created")) == 2
        first, second = [(await rig.steps(run))["made"] for run in await rig.runs()]
        assert first.identity != second.identity

    play(tmp_path, story)
