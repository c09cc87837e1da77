"""A conversation is put away whole, wherever the service ends; what was sent is not called back."""

from pathlib import Path
from typing import Any

import pytest

from dragoman.catalog.wire import Request
from dragoman.kernel import jsons
from dragoman.kernel.clock import SECOND
from tests.engine.people import known, reply
from tests.engine.points import Act, CrashAt
from tests.engine.rig import HIGHLEVEL, Rig, bo, play

FLOW = """
flow: archive
on: acton.contact.added
with: {list: l-0042}
steps:
  - id: archive
    call: highlevel.conversations.archive
    input: {contactId: CONTACT}
"""
PARTS = [
    "highlevel.conversations.search",
    "highlevel.conversations.update",
    "highlevel.contacts.add_tags",
    "highlevel.messages.list",
    "highlevel.messages.cancel_scheduled_email",
    "highlevel.messages.cancel_scheduled",
]


class Scene:
    """A contact who has written, and to whom a text and an e-mail are to be sent in an hour."""

    def __init__(self, rig: Rig) -> None:
        self.rig = rig

    async def prepare(self) -> "Scene":
        await self.rig.prepare(arm=False)
        self.contact = await known(self.rig, "ann@example.com")
        await reply(self.rig, self.contact, "Leave me alone")
        at = self.rig.clock.now() // SECOND + 3600
        self.text = await self._schedule(type="SMS", message="See you", scheduledTimestamp=at)
        self.mail = await self._schedule(type="Email", html="<p>News</p>", scheduledTimestamp=at)
        await self.rig.arm(FLOW.replace("CONTACT", self.contact))
        await self.rig.serve(4)
        await self.rig.add(bo())
        return self

    async def _schedule(self, **message: Any) -> str:
        headers = {
            "Authorization": f"Bearer {self.rig.given['main']['access_token']}",
            "Version": "2021-04-15",
            "Content-Type": "application/json",
        }
        body = jsons.encode({"contactId": self.contact, **message})
        request = Request("POST", "/conversations/messages", (), headers, body)
        answer = await self.rig.transport.send(HIGHLEVEL, request)
        self.rig.transport.sent.clear()
        return str(jsons.decode(answer.body)["messageId"])

    async def output(self) -> Any:
        (run,) = await self.rig.runs()
        assert (run.state, run.reason) == ("done", "")
        return (await self.rig.steps(run))["archive"].output

    def check_put_away(self) -> None:
        world = self.rig.world.highlevel
        contact = world.contacts[self.contact]
        conversation = world.conversation_of(self.contact)
        assert conversation
        assert contact.tags == ["archived"]
        assert (conversation.unread, conversation.starred) == (0, False)


def test_every_part_of_it_can_be_seen_in_the_run(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        scene = await Scene(rig).prepare()
        await rig.serve(60)

        (run,) = await rig.runs()
        steps = await rig.steps(run)
        assert list(steps) == ["archive/1", "archive/2", "archive/3", "archive/4", "archive/5",
                               "archive/6", "archive"]  # fmt: skip
        assert [one.operation for one in steps.values()][:-1] == PARTS
        scene.check_put_away()
        await rig.clock.sleep(2 * 3600)
        assert rig.effects("message.sent") == []

    play(tmp_path, story)


@pytest.mark.parametrize("point", ["call.intended", "call.answered"])
@pytest.mark.parametrize("count", range(1, len(PARTS) + 1))
def test_a_crash_at_any_part_changes_nothing_in_the_end(
    tmp_path: Path, point: str, count: int
) -> None:
    async def story(rig: Rig) -> None:
        scene = await Scene(rig).prepare()

        assert not await rig.serve(60, CrashAt(point, count))
        assert await rig.serve(120)

        said = await scene.output()
        assert sorted(said["cancelled"]) == sorted([scene.text, scene.mail])
        assert (said["too_late"], said["contactId"]) == ([], scene.contact)
        scene.check_put_away()
        cancelled = [one["subject"] for one in rig.effects("message.schedule_cancelled")]
        assert sorted(one["message_id"] for one in cancelled) == sorted([scene.text, scene.mail])
        await rig.clock.sleep(2 * 3600)
        assert rig.effects("message.sent") == []

    play(tmp_path, story)


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "cut", "when": "after"},
        {"kind": "cut", "when": "before"},
        {"kind": "act_then_status", "status": 503},
        {"kind": "status", "status": 429},
    ],
    ids=["lost after", "lost before", "503 after", "429"],
)
@pytest.mark.parametrize("answers_200", [False, True])
def test_a_lost_cancel_is_neither_doubled_nor_called_too_late(
    tmp_path: Path, fault: dict[str, Any], *, answers_200: bool
) -> None:
    async def story(rig: Rig) -> None:
        scene = await Scene(rig).prepare()
        await rig.fault(
            vendor="highlevel", method="DELETE", path="/schedule$", fault=fault, times=2
        )
        await rig.serve(300)

        said = await scene.output()
        assert sorted(said["cancelled"]) == sorted([scene.text, scene.mail])
        assert said["too_late"] == []
        assert len(rig.effects("message.schedule_cancelled")) == 2

    play(tmp_path, story, cancel_failures_answer_200=answers_200)


@pytest.mark.parametrize("answers_200", [False, True])
def test_what_was_sent_meanwhile_is_told_and_does_not_stop_the_rest(
    tmp_path: Path, *, answers_200: bool
) -> None:
    async def story(rig: Rig) -> None:
        scene = await Scene(rig).prepare()

        def send_now() -> None:
            rig.world.highlevel.messages[scene.mail].scheduled = rig.clock.now()

        # The fourth answer is the list of messages, the e-mail the first of them.
        assert await rig.serve(60, Act("call.answered", send_now, 4))

        said = await scene.output()
        assert (said["cancelled"], said["too_late"]) == ([scene.text], [scene.mail])
        scene.check_put_away()
        (run,) = await rig.runs()
        steps = [(one.operation, one.state) for one in (await rig.steps(run)).values()]
        assert ("highlevel.messages.cancel_scheduled_email", "failed") in steps
        assert ("highlevel.messages.get", "done") in steps

    play(tmp_path, story, cancel_failures_answer_200=answers_200)


def test_a_vendor_that_refuses_for_another_reason_stops_the_run(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await Scene(rig).prepare()
        refusal = {"kind": "json", "status": 400, "body": {"message": "Not today"}}
        await rig.fault(
            vendor="highlevel", method="DELETE", path="/schedule$", fault=refusal, times=None
        )
        await rig.serve(60)

        ((state, reason),) = await rig.states()
        assert state == "dead"
        assert reason == "archive: HighLevel answered 400: Not today"

    play(tmp_path, story)
