"""An answer that cannot be used fails the step in plain words, and its beginning is kept."""

from pathlib import Path
from typing import Any

import pytest

from tests.engine.rig import Rig, bo, play

CASES: list[tuple[dict[str, Any], str]] = [
    ({"kind": "html", "status": 200}, "HighLevel answered 200 with a page of"),
    ({"kind": "empty"}, "HighLevel answered 200 with nothing where JSON was due"),
    (
        {"kind": "json", "status": 200, "body": [1, 2]},
        "the answer should be an object, not an array",
    ),
    ({"kind": "json", "status": 200, "body": {"new": True}}, "contact is missing"),
    (
        {"kind": "json", "status": 200, "body": {"contact": {"id": 7}}},
        "contact.id should be a string, not a number",
    ),
    (
        {"kind": "json", "status": 422, "body": {"message": ["phone must be valid"]}},
        "HighLevel answered 422: phone must be valid",
    ),
]


@pytest.mark.parametrize(("fault", "words"), CASES, ids=range(len(CASES)))
def test_the_step_fails_with_the_vendors_words(
    tmp_path: Path, fault: dict[str, Any], words: str
) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare()
        await rig.fault(vendor="highlevel", path="/contacts/upsert", fault=fault, times=None)
        async with rig.serving():
            await rig.add(bo())
            await rig.clock.sleep(600)

        (run,) = await rig.runs()
        assert run.state == "dead"
        assert run.reason.startswith("contact: ")
        assert words in run.reason
        assert (await rig.steps(run))["contact"].state == "failed"
        assert rig.sent_to() == []

    play(tmp_path, story)


def test_the_raw_answer_is_kept_up_to_its_cap(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare()
        big = {"kind": "json", "status": 200, "body": {"note": "x" * 200_000}}
        await rig.fault(vendor="highlevel", path="/contacts/upsert", fault=big, times=None)
        async with rig.serving():
            await rig.add(bo())
            await rig.clock.sleep(60)

        ((*_, raw),) = await rig.tries((await rig.runs())[0])
        assert len(raw) == 64 * 1024
        assert raw.startswith(b'{"note":"xxx')

    play(tmp_path, story)


def test_where_the_flow_says_so_a_failed_step_is_passed_over(tmp_path: Path) -> None:
    flow = """
flow: tolerant
on: acton.contact.added
with: {list: l-0042}
steps:
  - id: contact
    call: highlevel.contacts.upsert
    input: {email: "{{ event.data.email }}"}
  - id: said
    map: {id: "{{ steps.contact.contact.id }}"}
on_error: {then: continue}
"""

    async def story(rig: Rig) -> None:
        await rig.prepare(arm=False)
        await rig.arm(flow)
        refusal = {"kind": "json", "status": 400, "body": {"message": "no"}}
        await rig.fault(vendor="highlevel", path="/contacts/upsert", fault=refusal)
        async with rig.serving():
            await rig.add(bo())
            await rig.clock.sleep(60)

        (run,) = await rig.runs()
        steps = await rig.steps(run)
        assert (run.state, steps["contact"].state, steps["said"].output) == (
            "done", "failed", {"id": None},
        )  # fmt: skip

    play(tmp_path, story)


ARCHIVE = """
flow: archive
on: acton.contact.added
with: {list: l-0042}
steps:
  - id: archive
    call: highlevel.conversations.archive
    input: {conversationId: c1, tags: [archived]}
"""


def mail(ids: Any) -> dict[str, Any]:
    """The list of messages where an e-mail that is to be sent has these ids."""
    one = {"id": "m1", "status": "scheduled", "meta": {"email": {"messageIds": ids}}}
    return {"messages": {"messages": [one]}}


@pytest.mark.parametrize(
    ("owner", "messages", "words"),
    [
        (7, mail(["e1"]), "contactId should be string"),
        ("con1", mail([5]), "emailMessageId should be string"),
        ("con1", mail(5), "does not tell the ids"),
        ("con1", mail("e1"), "does not tell the ids"),
    ],
)
def test_a_part_that_cannot_be_made_from_an_answer_stops_its_run_and_not_the_service(
    tmp_path: Path, owner: Any, messages: dict[str, Any], words: str
) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare(arm=False)
        await rig.arm(ARCHIVE)
        await rig.serve(4)
        for path, body in (
            ("/conversations/c1/messages$", messages),
            ("/conversations/c1$", {"id": "c1", "contactId": owner, "success": True}),
            ("/contacts/", {"tags": []}),
        ):
            fault = {"kind": "json", "status": 200, "body": body}
            await rig.fault(vendor="highlevel", path=path, fault=fault, times=None)
        await rig.add(bo())

        assert await rig.serve(60)

        ((state, reason),) = await rig.states()
        assert state == "dead"
        assert reason.startswith("archive: ")
        assert words in reason

    play(tmp_path, story)
