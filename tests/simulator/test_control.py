"""The back door: credentials that work, lists, contacts, settings, counts; and who may use it."""

from typing import Any

import aiohttp
import pytest

from tests.simulator.conftest import Door, Rig


async def test_the_state_says_where_everything_is(rig: Rig) -> None:
    await rig.contact(await rig.highlevel(), email="bo@example.com")

    state = (await rig.control.get("/control/state")).body

    assert state["highlevel"]["url"] == rig.addresses.highlevel
    assert state["acton"]["url"] == rig.addresses.acton
    assert state["control"]["url"] == rig.addresses.control
    assert state["acton"]["list_id"] == "l-0042"
    assert state["highlevel"]["location_id"] == rig.location
    assert state["counts"]["contacts"] == state["counts"]["conversations"] == 1
    assert state["counts"]["ledger"] == 2
    assert state["counts"]["calls"]["highlevel"]["by_status"] == {"201": 1}


async def test_credentials_can_be_born_expired_but_refreshable(rig: Rig) -> None:
    made = await rig.credentials("acton", access_expired=True)
    acton = Door(rig.http, rig.addresses.acton, {"Authorization": f"Bearer {made['access_token']}"})
    names = ("client_id", "client_secret", "refresh_token")

    refused = await acton.get("/api/1/account")
    form = {"grant_type": "refresh_token"} | {name: made[name] for name in names}
    refreshed = await acton.call("POST", "/token", form=form)

    assert (made["expires_in"], refused.status, refreshed.status) == (0, 401, 200)


async def test_new_locations_and_accounts_come_to_be(rig: Rig) -> None:
    location = await rig.credentials("highlevel", location_id="AnotherLocation00000")
    account = await rig.credentials("acton", account_id="7")
    state = (await rig.control.get("/control/state")).body

    assert location["location_id"] == "AnotherLocation00000"
    assert account["account_id"] == "7"
    assert state["highlevel"]["locations"] == [rig.location, "AnotherLocation00000"]


async def test_a_clients_tokens_can_be_ended(rig: Rig) -> None:
    made = await rig.credentials("highlevel")
    path = f"/conversations/search?locationId={rig.location}"
    headers = {"Authorization": f"Bearer {made['access_token']}", "Version": "2021-07-28"}
    highlevel = Door(rig.http, rig.addresses.highlevel, headers)
    names = ("client_id", "client_secret", "refresh_token")
    form = {"grant_type": "refresh_token"} | {name: made[name] for name in names}
    ended = {"client_id": made["client_id"], "refresh": True}

    before = await highlevel.get(path)
    await rig.control.post("/control/credentials/end", ended)
    after = await highlevel.get(path)
    refreshed = await highlevel.call("POST", "/oauth/token", form=form)

    assert [before.status, after.status, refreshed.status] == [200, 401, 400]


async def test_a_list_of_ones_own_takes_contacts_by_heading(rig: Rig) -> None:
    made = await rig.control.post(
        "/control/acton/lists", {"name": "Trial", "headings": ["Email", "Plan"]}
    )
    path = f"/control/acton/lists/{made.body['list_id']}/contacts"
    bo = {"email": "bo@example.com", "fields": {"Plan": "pro"}, "created": 5}

    added = await rig.control.post(path, bo)
    shown = (await rig.control.get(path)).body["contacts"]
    nowhere = await rig.control.post(path, {"email": "a@example.com", "phone": "1"})
    deleted = await rig.control.delete(f"{path}/{added.body['record_ids'][0]}")

    assert made.body["list_id"] == "l-0043"
    assert shown[0]["fields"] == {"Email": "bo@example.com", "Plan": "pro"}
    assert (shown[0]["created"], shown[0]["email"]) == (5, "bo@example.com")
    assert (nowhere.status, deleted.status) == (400, 200)
    assert (await rig.control.get(path)).body["contacts"] == []


async def test_contacts_at_highlevel_are_made_found_and_silenced(rig: Rig) -> None:
    made = await rig.control.post(
        "/control/highlevel/contacts", {"email": "bo@example.com", "tags": ["vip"]}
    )
    contact = made.body["contact"]["id"]
    await rig.control.post(f"/control/highlevel/contacts/{contact}/dnd", {"channel": "all"})

    found = (await rig.control.get("/control/highlevel/contacts?email=BO@example.com")).body
    nobody = (await rig.control.get("/control/highlevel/contacts?email=ann@example.com")).body

    assert [(one["id"], one["dnd"], one["tags"]) for one in found["contacts"]] == [
        (contact, True, ["vip"])
    ]
    assert nobody == {"contacts": []}


async def test_messages_are_listed_per_contact(rig: Rig) -> None:
    highlevel = await rig.highlevel()
    bo = await rig.contact(highlevel, phone="+14155550100")
    ann = await rig.contact(highlevel, phone="+14155550101")
    for contact, text in ((bo, "Hello"), (ann, "Good day")):
        body = {"type": "SMS", "contactId": contact, "message": text}
        await highlevel.post("/conversations/messages", body)

    reply = await rig.control.get(f"/control/highlevel/messages?contact_id={bo}")
    every = await rig.control.get("/control/highlevel/messages")

    assert [one["text"] for one in reply.body["messages"]] == ["Hello"]
    assert reply.body["messages"][0]["status"] == "pending"
    assert len(every.body["messages"]) == 2


async def test_settings_change_one_by_one_and_are_checked(rig: Rig) -> None:
    changed = await rig.control.post("/control/settings", {"time_unit": "s"})
    unknown = await rig.control.post("/control/settings", {"time_unitt": "s"})
    unfit = await rig.control.post("/control/settings", {"acton_limit": "many"})
    shown = await rig.control.get("/control/settings")

    assert changed.body["time_unit"] == "s"
    assert (unknown.status, unfit.status) == (400, 400)
    assert shown.body == changed.body
    assert shown.body["acton_limit"] == 5


async def test_shorter_tokens_can_be_asked_for(rig: Rig) -> None:
    await rig.control.post("/control/settings", {"access_token_seconds": 2})

    made = [await rig.credentials("highlevel"), await rig.credentials("acton")]

    assert [one["expires_in"] for one in made] == [2, 2]


async def test_calls_are_logged_with_whose_they_were_and_without_queries(rig: Rig) -> None:
    highlevel = await rig.highlevel()
    await highlevel.get(f"/contacts/search/duplicate?locationId={rig.location}&email=a%40b.example")
    await rig.break_({"kind": "cut", "when": "before"})
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await highlevel.post("/contacts/upsert")

    calls = (await rig.control.get("/control/calls")).body
    later = (await rig.control.get("/control/calls?since=1")).body

    assert [(one["path"], one["status"], one["fault"]) for one in calls["calls"]] == [
        ("/contacts/search/duplicate", 200, None),
        ("/contacts/upsert", "cut", "cut"),
    ]
    assert calls["calls"][0]["account"] == rig.location
    assert calls["counts"]["highlevel"]["by_status"] == {"200": 1, "cut": 1}
    assert len(later["calls"]) == 1


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/control/credentials", {"vendor": "other"}, 400),
        ("/control/acton/lists/l-9999/contacts", {"email": "bo@example.com"}, 404),
        ("/control/acton/lists/l-0042/contacts", {}, 400),
        ("/control/highlevel/contacts", {"nickname": "B"}, 400),
        ("/control/highlevel/contacts", {"email": "nobody"}, 422),
        ("/control/highlevel/contacts/nobody/dnd", {}, 404),
        ("/control/highlevel/messages", {"contact_id": "nobody", "text": "Hi"}, 404),
        ("/control/highlevel/locations/nowhere", {"active": False}, 404),
        ("/control/nothing", {}, 404),
    ],
)
async def test_what_does_not_fit_is_refused(
    rig: Rig, path: str, body: dict[str, Any], status: int
) -> None:
    assert (await rig.control.post(path, body)).status == status


async def test_a_page_of_another_site_may_not_use_it(rig: Rig) -> None:
    reply = await rig.control.call(
        "POST", "/control/break", json={}, headers={"Sec-Fetch-Site": "cross-site"}
    )

    assert reply.status == 403


async def test_calls_are_counted_without_their_ids(rig: Rig) -> None:
    highlevel, acton = await rig.highlevel(), await rig.acton()
    contact = await rig.contact(highlevel, email="bo@example.com")
    await highlevel.get(f"/contacts/{contact}")
    await acton.get("/api/1/list/l-0042/record/l-0042:1")
    await acton.get("/api/1/list/l-0042/record/l-0042%3A2")

    counts = (await rig.control.get("/control/calls")).body["counts"]

    assert counts["highlevel"]["by_request"] == {"POST /contacts/": 1, "GET /contacts/{id}": 1}
    assert counts["acton"]["by_request"] == {"GET /api/1/list/l-0042/record/{id}": 2}
