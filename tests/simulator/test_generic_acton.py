"""Act-On's calls that have no module of their own, and how each part of its API says no."""

import aiohttp
import pytest

from tests.simulator.conftest import Rig


def _form(**fields: str) -> aiohttp.FormData:
    return aiohttp.FormData(fields)


async def test_what_is_made_has_an_id(rig: Rig) -> None:
    door = await rig.acton()
    form = aiohttp.FormData({"name": "Logo"})
    form.add_field("file", b"GIF89a", filename="logo.gif")

    reply = await door.call("POST", "/api/1/logo", form=form)

    assert (reply.status, reply.body["status"]) == (200, "success")
    assert reply.body["id"]
    (entry,) = rig.effects("generic.logos.create")
    assert (entry["vendor"], entry["content"]) == ("acton", {"name": "Logo"})


async def test_the_classic_part_numbers_its_refusals(rig: Rig) -> None:
    door = await rig.acton()

    reply = await door.call("POST", "/api/1/header/", form=_form(html="<p>Hello</p>"))

    assert (reply.status, reply.body["errorCode"]) == (422, 10121)
    assert reply.body["message"] == "missing parameter: title"


async def test_custom_data_describes_its_refusals(rig: Rig) -> None:
    door, account = await rig.acton(), rig.world.acton.default_account.id
    path = f"/custom-objects/v1/{account}/data/orders/main/json"

    reply = await door.call("POST", f"{path}?ingestMode=MERGE&abortOnInvalidRow=true", json=[])

    assert (reply.status, reply.body["status"]) == (400, "400 BAD_REQUEST")
    assert reply.body["errorMessage"].startswith("ingestMode must be one of")
    assert reply.body["requestUri"].startswith("/custom-objects/v1/")


async def test_the_contacts_part_says_nothing(rig: Rig) -> None:
    door, account = await rig.acton(), rig.world.acton.default_account.id

    reply = await door.get(f"/ucl/v2/segment/contacts/{account}/activity")

    assert (reply.status, reply.raw) == (400, b"")
    assert reply.headers["content-type"] == "text/plain"


@pytest.mark.parametrize("path", ["/custom-objects/v1/{}/schema/all", "/ucl/v2/segment/{}/optout"])
async def test_another_account_is_refused(rig: Rig, path: str) -> None:
    door = await rig.acton()

    assert (await door.get(path.format(rig.world.acton.default_account.id))).status == 200
    assert (await door.get(path.format("999"))).status == 403


async def test_a_body_is_of_the_type_that_is_due(rig: Rig) -> None:
    door, account = await rig.acton(), rig.world.acton.default_account.id

    classic = await door.post("/api/1/header/", {"title": "Header"})
    custom = await door.call(
        "POST", f"/custom-objects/v1/{account}/schema", form=_form(name="Orders")
    )

    assert (classic.status, classic.body["httpCode"]) == (415, "415")
    assert (custom.status, custom.body["status"]) == (415, "415 UNSUPPORTED_MEDIA_TYPE")


async def test_texts_and_files_come_as_such(rig: Rig) -> None:
    door, account = await rig.acton(), rig.world.acton.default_account.id

    text = await door.delete("/api/1/footer/f-1")
    file = await door.get(f"/custom-objects/v1/{account}/data/report/job-1")

    assert (text.headers["content-type"], text.raw) == ("text/plain; charset=utf-8", b"Success")
    assert file.raw.startswith(b"email")


async def test_a_call_without_a_token_and_one_to_nowhere_stop_at_the_gateway(rig: Rig) -> None:
    door = await rig.acton()

    unknown = await rig.http.get(f"{door.url}/api/1/logo")
    nowhere = await door.get("/api/1/nowhere")

    assert unknown.status == 401
    assert nowhere.body["moreInformation"] == "No resources match requested URI"
