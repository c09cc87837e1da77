"""Files to send: by a form, or in two steps. Errors have keys of their own here."""

from io import BytesIO
from typing import Any

import aiohttp
import pytest

from tests.simulator.conftest import Door, Reply, Rig

PATH = "/conversations/messages/upload"
MOST = 5 * 1024 * 1024


async def opened(rig: Rig) -> tuple[Door, str]:
    """A client, and the id of a conversation."""
    highlevel = await rig.highlevel()
    contact = await rig.contact(highlevel, phone="+14155550100")
    there = rig.world.highlevel.conversation_of(contact)
    assert there is not None
    return highlevel, there.id


async def upload(rig: Rig, *files: tuple[str, bytes], **texts: str) -> Reply:
    highlevel, there = await opened(rig)
    form = aiohttp.FormData(quote_fields=False)
    for name, text in {"locationId": rig.location, "conversationId": there, **texts}.items():
        form.add_field(name, text)
    for name, content in files:
        form.add_field("fileAttachment", BytesIO(content), filename=name)
    return await highlevel.call("POST", PATH, form=form)


async def test_each_file_gets_an_address(rig: Rig) -> None:
    reply = await upload(rig, ("a b.png", b"\x89PNG\r\n\x00"), ("offer.pdf", b"%PDF"))

    assert reply.status == 200
    found = reply.body["uploadedFiles"]
    files = rig.world.highlevel.messaging.files
    assert files[found["a b.png"]] == b"\x89PNG\r\n\x00"
    assert files[found["offer.pdf"]] == b"%PDF"
    assert [one["content"]["name"] for one in rig.effects("file.uploaded")] == [
        "a b.png",
        "offer.pdf",
    ]


@pytest.mark.parametrize(
    ("files", "texts", "status"),
    [
        ([("a.exe", b"x")], {}, 415),
        ([("a", b"x")], {}, 415),
        ([("a.png", b"x" * (MOST + 1))], {}, 413),
        ([], {}, 400),
        ([("a.png", b"x")] * 6, {}, 400),
        ([("a.png", b"x")] * 2, {"isGroupSms": "true"}, 400),
        ([("a.png", b"x")], {"conversationId": ""}, 400),
    ],
)
async def test_what_is_not_taken_leaves_nothing(
    rig: Rig, files: list[tuple[str, bytes]], texts: dict[str, str], status: int
) -> None:
    reply = await upload(rig, *files, **texts)

    assert (reply.status, reply.body["status"]) == (status, status)
    assert set(reply.body) == {"status", "message", "traceId"}
    assert rig.world.highlevel.messaging.files == {}


async def test_json_is_no_form(rig: Rig) -> None:
    highlevel, there = await opened(rig)

    reply = await highlevel.post(PATH, {"conversationId": there, "locationId": rig.location})

    assert (reply.status, reply.body["message"]) == (400, "Failed to upload the files")


async def begun(rig: Rig, **more: Any) -> tuple[Door, dict[str, Any], Reply]:
    highlevel, there = await opened(rig)
    told = {
        "locationId": rig.location,
        "conversationId": there,
        "filename": "tour.mp4",
        "contentType": "video/mp4",
        "channel": "WHATSAPP",
        **more,
    }
    reply = await highlevel.post(f"{PATH}/initiate", told)
    done = {
        "locationId": rig.location,
        "conversationId": there,
        "filename": "tour.mp4",
        "uploadId": reply.body.get("uploadId"),
        "filePath": reply.body.get("filePath"),
    }
    return highlevel, done, reply


async def put(rig: Rig, url: str, content: bytes) -> int:
    async with rig.http.put(url, data=content) as answer:
        return answer.status


async def test_a_large_file_is_put_and_then_made_public(rig: Rig) -> None:
    highlevel, done, said = await begun(rig, fileSize=MOST * 2)

    early = await highlevel.post(f"{PATH}/complete", done)
    assert await put(rig, said.body["uploadUrl"], b"film") == 200
    first = await highlevel.post(f"{PATH}/complete", done)
    again = await highlevel.post(f"{PATH}/complete", done)

    assert early.status == 404
    assert first.body["metadata"] == {"size": 4, "contentType": "video/mp4"}
    assert first.body["uploadedFiles"] == again.body["uploadedFiles"]
    assert len(rig.effects("file.uploaded")) == 1


async def test_the_address_ends_after_fifteen_minutes(rig: Rig) -> None:
    _, _, said = await begun(rig)
    rig.clock.advance(15 * 60)

    assert await put(rig, said.body["uploadUrl"], b"film") == 403


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"fileSize": 101 * 1024 * 1024}, 413),
        ({"channel": "SMS", "fileSize": MOST + 1}, 413),
        ({"filename": "a.exe"}, 415),
        ({"fileSize": "many"}, 422),
        ({"size": 1}, 422),
    ],
)
async def test_what_cannot_be_uploaded_is_refused_before(
    rig: Rig, more: dict[str, Any], status: int
) -> None:
    _, _, reply = await begun(rig, **more)

    assert reply.status == status


async def test_what_was_not_begun_cannot_be_completed(rig: Rig) -> None:
    highlevel, done, _ = await begun(rig)

    reply = await highlevel.post(f"{PATH}/complete", {**done, "filePath": "elsewhere"})

    assert reply.status == 400
