"""Dragoman from Python: against a folder by itself, and against a running service."""

import asyncio
import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import dragoman
from dragoman.kernel.errors import BadInput, DefinitionError, Rejected
from tests.cli.conftest import Cli, Process, Simulator
from tests.cli.test_call import effects
from tests.cli.test_call_files import called

Start = Callable[..., Process]
NUMBERS = iter(range(5000, 6000))


@pytest.fixture(params=[False, True], ids=["by itself", "by the service"])
def place(request: pytest.FixtureRequest, shop: Path, start: Start) -> Path:
    """A workspace folder, in which a service runs or not."""
    if request.param:
        start("serve", shop, "--listen", "127.0.0.1:0").line("Ctrl-C")
    return shop


@pytest.fixture
def prompt(simulator: Simulator) -> Iterator[None]:
    """HighLevel shows at once what is new."""
    before = simulator.ask("GET", "/control/settings")["search_lag_seconds"]
    simulator.ask("POST", "/control/settings", {"search_lag_seconds": 0})
    yield
    simulator.ask("POST", "/control/settings", {"search_lag_seconds": before})


@pytest.fixture
def contact(simulator: Simulator) -> str:
    """Somebody at HighLevel."""
    number = next(NUMBERS)
    asked = {"email": f"py{number}@example.com", "phone": f"+1415555{number}"}
    return str(simulator.ask("POST", "/control/highlevel/contacts", asked)["contact"]["id"])


async def test_what_reads_is_answered(place: Path, contact: str) -> None:
    async with dragoman.open(place) as d:
        found = await d.call("highlevel.contacts.get", connection="main", contactId=contact)

    assert found["contact"]["id"] == contact


async def test_what_writes_gives_its_output_once_it_is_done(
    place: Path, contact: str, cli: Cli, simulator: Simulator
) -> None:
    async with dragoman.open(place) as d:
        sent = await d.call(
            "highlevel.messages.send",
            connection="main",
            type="SMS",
            contactId=contact,
            message="Hello!",
        )

    assert sent["messageId"]
    assert len(effects(simulator, "message.sent", contact)) == 1
    (run,) = cli("runs", "list", "--json", "-C", place).json
    assert run["state"] == "done"


async def test_who_does_not_want_messages_gets_none_and_the_program_learns_of_it(
    place: Path, contact: str, simulator: Simulator
) -> None:
    refusal = {"channel": "SMS", "status": "active"}
    simulator.ask("POST", f"/control/highlevel/contacts/{contact}/dnd", refusal)
    asked: dict[str, Any] = {"type": "SMS", "contactId": contact, "message": "Hello!"}

    async with dragoman.open(place) as d:
        with pytest.raises(dragoman.CallStopped, match="came out as skipped") as stopped:
            await d.call("highlevel.messages.send", **asked)

    assert (stopped.value.state, stopped.value.run != "") == ("skipped", True)
    assert stopped.value.reason.startswith("consent: ")
    assert f"dragoman runs show {stopped.value.run}" in stopped.value.fix
    assert effects(simulator, "message.sent", contact) == []


async def test_a_write_that_the_vendor_refuses_says_why(place: Path) -> None:
    async with dragoman.open(place) as d:
        with pytest.raises(dragoman.CallStopped) as stopped:
            await d.call("highlevel.contacts.add_tags", contactId="nobody", tags=["vip"])

    assert stopped.value.state == "dead"
    assert "HighLevel answered 4" in stopped.value.reason


async def test_many_calls_may_be_made_at_once(
    place: Path, contact: str, simulator: Simulator
) -> None:
    async with dragoman.open(place) as d:
        await asyncio.gather(
            *(
                d.call("highlevel.contacts.add_tags", contactId=contact, tags=[f"t{number}"])
                for number in range(8)
            ),
            d.call("highlevel.contacts.get", contactId=contact),
        )
        found = await d.call("highlevel.contacts.get", contactId=contact)

    assert set(found["contact"]["tags"]) == {f"t{number}" for number in range(8)}
    assert len(effects(simulator, "contact.tags_added", contact)) == 8


async def test_the_items_of_a_list_come_one_by_one(place: Path, simulator: Simulator) -> None:
    made = simulator.ask("POST", "/control/acton/lists", {"name": "L", "headings": ["EMAIL"]})
    people = [{"email": f"l{number:02d}@example.com"} for number in range(12)]
    path = f"/control/acton/lists/{made['list_id']}/contacts"
    simulator.ask("POST", path, {"contacts": people})

    async with dragoman.open(place) as d:
        rows = d.pages("acton.lists.download", listid=made["list_id"], count=5)
        found = [row["EMAIL"] async for row in rows]

    assert sorted(found) == [one["email"] for one in people]


@pytest.mark.usefixtures("prompt")
async def test_a_cursor_that_has_died_is_begun_anew(
    place: Path, contact: str, simulator: Simulator
) -> None:
    for number in range(25):
        said = {"contact_id": contact, "text": f"Text {number}"}
        simulator.ask("POST", "/control/highlevel/messages", said)
    dead = {"path": "messages/export", "skip": 1, "fault": {"kind": "status", "status": 400}}
    simulator.ask("POST", "/control/break", dead)

    async with dragoman.open(place) as d:
        rows = d.pages("highlevel.messages.export", contactId=contact, limit=10)
        found = [row["body"] async for row in rows]

    assert sorted(found) == sorted(f"Text {number}" for number in range(25))


async def test_a_recording_is_saved(place: Path, simulator: Simulator) -> None:
    message, file = called(simulator, next(NUMBERS) - 3000), place / "call.wav"

    async with dragoman.open(place) as d:
        facts = await d.save("highlevel.messages.recording", file, messageId=message)
        with pytest.raises(DefinitionError, match="is there already"):
            await d.save("highlevel.messages.recording", file, messageId=message)
        await d.save("highlevel.messages.recording", file, messageId=message, force=True)
        with pytest.raises(BadInput, match="answers no file"):
            await d.save("highlevel.contacts.get", file, contactId="x")

    assert facts["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()


async def test_a_path_is_a_file_to_send(place: Path, simulator: Simulator) -> None:
    name = f"photo{next(NUMBERS)}.png"
    photo = place / name
    photo.write_bytes(bytes(range(256)))

    async with dragoman.open(place) as d:
        sent = await d.call(
            "highlevel.message_uploads.upload", file=photo, conversationId="c", contactId="c"
        )
        with pytest.raises(BadInput, match="cannot be read"):
            await d.call(
                "highlevel.message_uploads.upload",
                file=place / "nowhere.png",
                conversationId="c",
                contactId="c",
            )

    assert name in sent["uploadedFiles"]
    entries = simulator.ask("GET", "/control/ledger?since=0")["entries"]
    assert [one["content"]["bytes"] for one in entries if name in str(one["content"])] == [256]


async def test_errors_are_those_of_dragoman_with_the_way_out(place: Path) -> None:
    async with dragoman.open(place) as d:
        with pytest.raises(DefinitionError, match=r"highlevel\.contacts\.get"):
            await d.call("highlevel.contacts.gett")
        with pytest.raises(BadInput, match="needs 'contactId'"):
            await d.call("highlevel.contacts.get")
        with pytest.raises(BadInput, match="contactId"):
            await d.call("highlevel.contacts.get", contactid="x")
        with pytest.raises(DefinitionError, match="maim"):
            await d.call("highlevel.contacts.get", connection="maim", contactId="x")
        with pytest.raises(Rejected, match="HighLevel answered 400") as refused:
            await d.call("highlevel.contacts.get", contactId="nobody")
        with pytest.raises(BadInput, match="does not answer in pages"):
            _ = [one async for one in d.pages("highlevel.contacts.get", contactId="x")]

    assert refused.value.status == 400
    assert isinstance(refused.value, dragoman.DragomanError)


@pytest.mark.parametrize(
    "value", [object(), float("nan"), {"a"}, b"a", "\ud800"], ids=lambda one: type(one).__name__
)
async def test_what_json_has_not_is_refused_and_not_changed(place: Path, value: Any) -> None:
    async with dragoman.open(place) as d:
        for name in ("highlevel.contacts.get", "highlevel.contacts.delete"):
            with pytest.raises(BadInput, match="'contactId' holds"):
                await d.call(name, contactId=value)


async def test_a_text_is_no_file(shop: Path) -> None:
    async with dragoman.open(shop) as d:
        with pytest.raises(BadInput, match="file is a text") as refused:
            await d.call("highlevel.medias.upload", file="photo.png")

    assert "pathlib.Path" in refused.value.fix


async def test_a_folder_is_one_process_s_at_a_time(shop: Path) -> None:
    async with dragoman.open(shop):
        with pytest.raises(DefinitionError, match="another"):
            async with dragoman.open(shop):
                pytest.fail("both are in")


async def test_nothing_is_printed_into_somebody_else_s_program(
    shop: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    capfd.readouterr()
    async with dragoman.open(shop) as d:
        with pytest.raises(dragoman.CallStopped):
            await d.call("highlevel.contacts.add_tags", contactId="nobody", tags=["vip"])

    assert capfd.readouterr() == ("", "")
