"""Custom fields of contacts and opportunities, the files in them, and what forms have brought."""

from typing import Any

import aiohttp
import pytest

from tests.simulator.conftest import Door, Reply, Rig

DAY = 86_400


async def field(rig: Rig, highlevel: Door, **more: Any) -> dict[str, Any]:
    asked = {"name": "Pin code", "dataType": "TEXT", **more}
    reply = await highlevel.post(f"/locations/{rig.location}/customFields", asked)
    assert reply.status == 201, reply.raw
    return dict(reply.body["customField"])


async def upload(highlevel: Door, path: str, part: str, name: str, content: bytes) -> Reply:
    form = aiohttp.FormData()
    form.add_field(part, content, filename=name, content_type="text/csv")
    return await highlevel.call("POST", path, form=form)


async def test_a_key_is_made_of_the_name_and_none_comes_twice(rig: Rig) -> None:
    highlevel = await rig.highlevel()

    first, second = await field(rig, highlevel), await field(rig, highlevel)
    other = await field(rig, highlevel, model="opportunity")
    listed = await highlevel.get(f"/locations/{rig.location}/customFields?model=contact")
    unknown = await highlevel.get(f"/locations/{rig.location}/customFields?model=business")

    assert first["fieldKey"] == "contact.pin_code"
    assert second["fieldKey"] == "contact.pin_code_2"
    assert other["fieldKey"] == "opportunity.pin_code"
    assert [one["id"] for one in listed.body["customFields"]] == [first["id"], second["id"]]
    assert unknown.status == 422


async def test_a_field_that_is_deleted_takes_what_contacts_have_in_it(rig: Rig) -> None:
    highlevel = await rig.highlevel()
    one = await field(rig, highlevel)
    value = [{"key": "contact.pin_code", "field_value": "1"}]
    contact = await rig.contact(highlevel, email="bo@example.com", customFields=value)

    await highlevel.delete(f"/locations/{rig.location}/customFields/{one['id']}")

    got = await highlevel.get(f"/contacts/{contact}")
    assert got.body["contact"]["customFields"] == []


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"name": "A"}, "dataType should not be empty"),
        ({"name": "A", "dataType": "MONETARY"}, "dataType must be one of"),
        ({"name": "A", "dataType": "TEXT", "model": "business"}, "model must be one of"),
    ],
)
async def test_a_field_of_no_kind_is_refused(rig: Rig, body: dict[str, Any], message: str) -> None:
    highlevel = await rig.highlevel()

    reply = await highlevel.post(f"/locations/{rig.location}/customFields", body)

    assert reply.status == 422
    assert any(message in one for one in reply.body["message"])


async def test_a_file_is_put_under_the_ids_of_its_field_and_its_own(rig: Rig) -> None:
    highlevel = await rig.highlevel()
    papers = (await field(rig, highlevel, name="Papers", dataType="FILE_UPLOAD"))["id"]
    contact = await rig.contact(highlevel, email="bo@example.com")
    path = f"/forms/upload-custom-files?contactId={contact}&locationId={rig.location}"

    first = await upload(highlevel, path, f"{papers}_one", "a.csv", b"1")
    again = await upload(highlevel, path, f"{papers}_one", "b.csv", b"12")
    second = await upload(highlevel, path, f"{papers}_two", "c.csv", b"123")

    (held,) = second.body["contact"]["customFields"]
    sizes = {name: one["meta"]["size"] for name, one in held["value"].items()}
    assert (first.status, again.status, sizes) == (200, 200, {"one": 2, "two": 3})
    assert len(rig.effects("contact.file_added")) == 3


async def test_files_that_are_not_taken(rig: Rig) -> None:
    highlevel = await rig.highlevel()
    text = (await field(rig, highlevel))["id"]
    papers = (await field(rig, highlevel, name="Papers", dataType="FILE_UPLOAD"))["id"]
    contact = await rig.contact(highlevel, email="bo@example.com")
    path = f"/forms/upload-custom-files?contactId={contact}&locationId={rig.location}"

    rig.world.settings = rig.world.settings.changed({"highlevel_file_maximum": 3})
    kind = await upload(highlevel, path, f"{papers}_one", "a.exe", b"1")
    size = await upload(highlevel, path, f"{papers}_one", "a.csv", b"1234")
    no_files = await upload(highlevel, path, f"{text}_one", "a.csv", b"1")
    unknown = await upload(highlevel, path, "none_one", "a.csv", b"1")
    no_form = await highlevel.post(path, {})

    assert (kind.status, kind.body["status"]) == (415, 415)
    assert (size.status, size.body["message"]) == (413, "File too large")
    assert (no_files.status, unknown.status, no_form.status) == (400, 400, 415)
    assert rig.effects("contact.file_added") == []


async def test_a_file_that_is_only_stored_is_shown_with_its_address(rig: Rig) -> None:
    highlevel = await rig.highlevel()

    path = f"/locations/{rig.location}/customFields/upload"
    reply = await upload(highlevel, path, "file", "orders.csv", b"1,2")

    (meta,) = reply.body["meta"]
    assert reply.body["uploadedFiles"] == {"orders.csv": meta["url"]}
    assert (meta["mimetype"], meta["size"]) == ("text/csv", 3)


async def sent(rig: Rig, paper: str, contact: str) -> None:
    body = {"paper_id": paper, "contact_id": contact, "answers": {"full_name": "Bo"}}
    reply = await rig.control.post("/control/highlevel/submissions", body)
    assert reply.status == 201, reply.raw


async def test_what_was_sent_is_found_by_form_person_and_day(rig: Rig) -> None:
    highlevel = await rig.highlevel()
    bo = await rig.contact(highlevel, email="bo@example.com", phone="+14155550100")
    ann = await rig.contact(highlevel, email="ann@example.com")
    papers = (await rig.control.get("/control/highlevel/papers")).body
    first, second = (one["id"] for one in papers["forms"])
    await sent(rig, first, bo)
    rig.clock.advance(40 * DAY)
    highlevel = await rig.highlevel()
    await sent(rig, second, bo)
    await sent(rig, second, ann)
    await sent(rig, papers["surveys"][0]["id"], ann)

    async def found(**asked: Any) -> list[tuple[str, str]]:
        query = "&".join(f"{name}={value}" for name, value in asked.items())
        reply = await highlevel.get(f"/forms/submissions?locationId={rig.location}&{query}")
        assert reply.status == 200, reply.raw
        return [(one["formId"], one["contactId"]) for one in reply.body["submissions"]]

    assert await found() == [(second, ann), (second, bo)]
    assert await found(startAt="2026-01-01") == [(second, ann), (second, bo), (first, bo)]
    assert await found(startAt="2026-01-01", endAt="2026-10-01") == [(first, bo)]
    assert await found(formId=first) == []
    assert await found(q="%2B14155550100") == [(second, bo)]
    assert await found(q="ANN%40example.com") == [(second, ann)]
    page = await highlevel.get(f"/forms/submissions?locationId={rig.location}&limit=1&page=1")
    assert page.body["meta"] == {"total": 2, "currentPage": 1, "nextPage": 2, "prevPage": None}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/forms/submissions?locationId={here}&limit=101", 400),
        ("/forms/submissions?locationId={here}&startAt=soon", 422),
        ("/forms/?locationId={here}&limit=51", 400),
        ("/forms/", 403),
        ("/surveys/submissions?locationId=AnotherLocation00000", 403),
    ],
)
async def test_forms_are_not_listed_by_more_or_for_others(rig: Rig, path: str, status: int) -> None:
    highlevel = await rig.highlevel()

    assert (await highlevel.get(path.format(here=rig.location))).status == status


async def test_nobody_can_send_a_form_that_is_not_there(rig: Rig) -> None:
    contact = await rig.contact(await rig.highlevel(), email="bo@example.com")

    reply = await rig.control.post(
        "/control/highlevel/submissions", {"paper_id": "none", "contact_id": contact}
    )

    assert (reply.status, reply.body["error"]) == (404, "no form and no survey none")
