"""What is found at Act-On by asking: each thing once, and nothing from before the arming."""

from pathlib import Path

import pytest

from dragoman.catalog.wire import Request
from dragoman.engine.events import Event
from dragoman.kernel import jsons
from dragoman.wiring import Parts
from tests.engine import people
from tests.engine.listening import FLOW, POLLED, listen
from tests.engine.rig import ACTON, LIST, Rig, bo, play


async def listed(rig: Rig, parts: Parts) -> None:
    del parts
    await rig.add(bo(1), bo(2))


async def change_row(rig: Rig, parts: Parts) -> None:
    await rig.add(bo(3))
    given = {"listid": LIST, "email": "bo1@example.com", "record": {"First Name": "Bob"}}
    await parts.direct.call("acton.records.upsert", given, None)


@pytest.mark.parametrize("unit", ["ms", "s"])
def test_rows_of_a_list_are_found_when_they_are_changed(tmp_path: Path, unit: str) -> None:
    found = listen(
        tmp_path, "acton.contact.changed", change_row, listed, f"{{list: {LIST}}}", time_unit=unit
    )

    assert [(one.data["email"], one.data["first_name"]) for one in found] == [
        ("bo1@example.com", "Bob")
    ]


def test_submissions_of_a_form_are_found(tmp_path: Path) -> None:
    submitted = "/control/acton/forms/0005/submissions"
    values = {"E-mail Address": "bo@example.com"}
    made: list[str] = []

    async def story(rig: Rig) -> list[Event]:
        await rig.prepare(arm=False)
        first = await rig.control("POST", submitted, {"values": values})
        made.append(first["record_id"])
        await rig.clock.sleep(60)
        settings = f"{{list: {first['list_id']}}}"
        await rig.arm(FLOW.format(trigger="acton.form.submitted", settings=settings))
        async with rig.serving():
            await rig.clock.sleep(POLLED)
            second = await rig.control("POST", submitted, {"values": values})
            made.append(second["record_id"])
            await rig.clock.sleep(POLLED)
        return await rig.events()

    found = play(tmp_path, story)

    assert [(one.data["submission_id"], one.state) for one in found] == [
        (made[0], "skipped"),
        (made[1], "routed"),
    ]
    assert found[1].data["email"] == "bo@example.com"


def test_who_comes_into_what_feeds_a_program_is_found(tmp_path: Path) -> None:
    async def add(rig: Rig, parts: Parts) -> None:
        del parts
        await rig.add(bo(3))

    found = listen(tmp_path, "acton.program.entered", add, listed, "{program: tr-0001}")

    assert [(one.data["source_id"], one.data["email"]) for one in found] == [
        (LIST, "bo3@example.com")
    ]


# Act-On: who may be written to


@pytest.mark.parametrize(
    ("path", "trigger"),
    [
        ("hardbounces", "acton.contact.hard_bounced"),
        ("spamcomplaints", "acton.contact.complained"),
    ],
)
def test_bounces_and_complaints_are_found(tmp_path: Path, path: str, trigger: str) -> None:
    async def suppress(rig: Rig, email: str) -> None:
        await rig.control("POST", f"/control/acton/{path}", {"email": email})

    found = listen(
        tmp_path,
        trigger,
        lambda rig, _: suppress(rig, "Bo@example.com"),
        lambda rig, _: suppress(rig, "ann@example.com"),
    )

    assert [one.subject for one in found] == ["address/bo@example.com"]


def test_who_opts_in_again_is_found_each_time(tmp_path: Path) -> None:
    async def out(rig: Rig, parts: Parts) -> None:
        del parts
        for name in ("bo", "ann"):
            await people.opt_out(rig, f"{name}@example.com")

    async def back_out_and_back(rig: Rig, parts: Parts) -> None:
        del parts
        for _ in range(2):
            await rig.control("DELETE", "/control/acton/optouts/bo@example.com")
            await rig.clock.sleep(10)
            await people.opt_out(rig, "bo@example.com")
            await rig.clock.sleep(10)

    found = listen(tmp_path, "acton.contact.opted_in", back_out_and_back, out)

    assert [one.subject for one in found] == ["address/bo@example.com"] * 2


async def mailed(rig: Rig, parts: Parts) -> None:
    """A template was sent to one person, who has opened it."""
    del parts
    path = "/control/acton/messages"
    headers = {"Authorization": f"Bearer {rig.given['marketing']['access_token']}"}
    await ete(rig, headers, "bo@example.com")
    reaction = {"email": "bo@example.com", "action": "OPENED"}
    await rig.control("POST", f"{path}/t-0001/reactions", reaction)


async def ete(rig: Rig, headers: dict[str, str], email: str) -> None:
    account = rig.given["marketing"]["account_id"]
    body = {
        "envelope": {"toAddress": email},
        "metadata": {"transactional": False},
        "actions": {"trackOpens": True, "trackClicks": True},
    }
    said = {**headers, "Content-Type": "application/json"}
    sent = Request("POST", f"/ete/v1/email/{account}/t-0001", (), said, jsons.encode(body))
    answer = await rig.transport.send(ACTON, sent)
    assert answer.status == 200, answer


@pytest.mark.parametrize("settings", ["{}", "{message: t-0001}"])
@pytest.mark.parametrize(
    ("trigger", "links"),
    [("acton.message.opened", [None]), ("acton.message.clicked", ["/a", "/b"])],
)
def test_each_opening_and_each_click_is_found(
    tmp_path: Path, trigger: str, links: list[str | None], settings: str
) -> None:
    async def react(rig: Rig, parts: Parts) -> None:
        del parts
        for action, link in (("OPENED", ""), ("CLICKED", "/a"), ("CLICKED", "/b")):
            reaction = {"email": "bo@example.com", "action": action, "link": link}
            await rig.control("POST", "/control/acton/messages/t-0001/reactions", reaction)
            await rig.clock.sleep(10)

    found = listen(tmp_path, trigger, react, mailed, settings)

    assert [one.data.get("link") for one in found] == links
    assert {(one.subject, one.data["message_id"]) for one in found} == {
        ("address/bo@example.com", "t-0001")
    }
