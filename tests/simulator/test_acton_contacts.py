"""Act-On Contacts: pages from 0, spans of time in seconds, and who of several is meant."""

from typing import Any

import pytest

from tests.simulator.book import client, put
from tests.simulator.conftest import START, Door, OwnClock, Rig

ACCOUNT = "/ucl/v2/40042"
CONTACTS = f"{ACCOUNT}/contact/"
BO = f"{ACCOUNT}/contact/email/bo%40example.com"
HOUR = 3_600


@pytest.fixture
async def acton(rig: Rig) -> Door:
    return await client(rig)


@pytest.fixture
async def twins(rig: Rig) -> list[str]:
    """Two contacts with the same address, the older one an hour old."""
    older = {"email": "bo@example.com", "first_name": "Bo", "created": START - HOUR * 1000}
    return await put(rig, older, {"email": "bo@example.com", "first_name": "Bob"})


async def test_a_contact_is_made_read_and_changed(rig: Rig, acton: Door, clock: OwnClock) -> None:
    index = next(
        str(one.index)
        for one in rig.world.acton.default_account.contacts.columns
        if one.name == "Last Channel"
    )
    body = {"email": "bo@example.com", "firstName": "Bo", "customFields": {index: "SMS"}}

    made = await acton.post(f"{CONTACTS}?createContactMethod=EMAIL", body)
    clock.advance(60)
    one = f"{ACCOUNT}/contact/id/{made.body['id']}"
    changed = await acton.put(one, {"firstName": "Bob", "lastName": "Example"})
    cleared = await acton.put(one, {"lastName": None})
    read = await acton.get(one)

    assert made.body["id"] == "l-unified-contacts:1"
    assert made.body["customFields"] == {index: "SMS"}
    assert (made.body["createdDate"], made.body["updatedDate"]) == (str(START), str(START))
    assert (changed.body["firstName"], changed.body["email"]) == ("Bob", "bo@example.com")
    assert changed.body["updatedDate"] == str(START + 60_000)
    assert "lastName" not in cleared.body
    assert read.body == cleared.body
    (effect,) = rig.effects("contact.created")
    assert effect["subject"] == {"contact_id": made.body["id"], "email": "bo@example.com"}


@pytest.mark.parametrize(
    ("method", "body", "status"),
    [
        ("EMAIL", {"email": "BO@example.com"}, 409),
        ("EMAIL", {"firstName": "Bo"}, 400),
        ("EXTERNAL_ID", {"externalId": "1", "objectType": "Contact"}, 409),
        ("EXTERNAL_ID", {"externalId": "1"}, 400),
        ("PHONE", {"email": "ann@example.com"}, 400),
        ("EMAIL", {"email": "no address"}, 400),
        ("EMAIL", {"email": "ann@example.com", "nickname": "A"}, 400),
        ("EMAIL", {"email": "ann@example.com", "customFields": {"1": "x"}}, 400),
        ("EMAIL", {"email": "ann@example.com", "dateOfBirth": "1.2.1990"}, 400),
        ("EMAIL", {"email": "ann@example.com", "company": ["A"]}, 400),
    ],
)
async def test_what_is_there_already_conflicts_and_what_is_unfit_is_refused(
    rig: Rig, acton: Door, method: str, body: dict[str, Any], status: int
) -> None:
    await put(
        rig, {"email": "bo@example.com", "fields": {"externalId": "1", "objectType": "Contact"}}
    )

    reply = await acton.post(f"{CONTACTS}?createContactMethod={method}", body)

    assert reply.status == status
    assert reply.raw == (b"" if status == 409 else b"{}")
    assert len(rig.world.acton.default_account.contacts.contacts) == 1


async def test_an_error_is_a_text_with_nothing_in_it(acton: Door) -> None:
    gone = await acton.get(f"{ACCOUNT}/contact/id/l-unified-contacts:9")
    stranger = await acton.get("/ucl/v2/7/contact/")
    form = await acton.call("PUT", BO, form={"firstName": "Bo"})

    assert [one.status for one in (gone, stranger, form)] == [404, 403, 415]
    for one in (gone, stranger, form):
        assert (one.raw, one.headers["content-type"]) == (b"", "text/plain")


async def test_pages_count_from_nought(rig: Rig, acton: Door) -> None:
    await put(rig, *({"email": f"n{number}@example.com"} for number in range(3)))

    first = await acton.get(f"{CONTACTS}?pageSize=2")
    second = await acton.get(f"{CONTACTS}?pageSize=2&page=1")
    third = await acton.get(f"{CONTACTS}?pageSize=2&page=2")
    wrong = [await acton.get(f"{CONTACTS}?{query}") for query in ("pageSize=0", "page=-1")]

    assert [one["email"] for one in first.body["data"]] == ["n0@example.com", "n1@example.com"]
    assert [one["email"] for one in second.body["data"]] == ["n2@example.com"]
    assert (second.body["page"], second.body["pageSize"], second.body["totalCount"]) == (1, 2, 3)
    assert third.body["data"] == []
    assert [one.status for one in wrong] == [400, 400]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        (f"createdAfter={START // 1000 - HOUR - 1}", ["Bo", "Bob"]),
        (f"createdAfter={START // 1000 - 1}", ["Bob"]),
        (f"createdAfter={START // 1000}", []),
        (f"createdBefore={START // 1000}", ["Bo"]),
        (f"updatedAfter={START // 1000 - 1}", ["Bob"]),
        (f"updatedBefore={START // 1000}", ["Bo"]),
        (f"createdAfter={START}", []),
    ],
)
async def test_spans_of_time_are_in_seconds(
    acton: Door, twins: list[str], query: str, names: list[str]
) -> None:
    reply = await acton.get(f"{CONTACTS}?{query}")
    fields = await acton.post(f"{ACCOUNT}/contact/byFields?{query}", ["first name"])

    assert len(twins) == 2
    assert [one["firstName"] for one in reply.body["data"]] == names
    assert [one["first name"] for one in fields.body["data"]] == names


async def test_chosen_columns_come_under_the_headings_asked_for(acton: Door, rig: Rig) -> None:
    await put(rig, {"email": "bo@example.com", "first_name": "Bo"})

    some = await acton.post(f"{ACCOUNT}/contact/byFields", ["e-mail address", "last name"])
    strange = await acton.post(f"{ACCOUNT}/contact/byFields", ["nickname"])
    none = await acton.call("POST", f"{ACCOUNT}/contact/byFields", json=[])

    assert some.body["data"] == [{"e-mail address": "bo@example.com", "last name": ""}]
    assert (strange.status, none.status) == (400, 400)


async def test_two_a_page_come_for_an_address(rig: Rig, acton: Door, twins: list[str]) -> None:
    (third,) = await put(rig, {"email": "Bo@Example.com"})

    first = await acton.get(BO)
    second = await acton.get(f"{BO}?page=1")

    assert [one["id"] for one in first.body["data"]] == twins
    assert [one["id"] for one in second.body["data"]] == [third]


async def test_a_known_visitor_is_found_by_the_cookie(rig: Rig, acton: Door) -> None:
    (bo,) = await put(rig, {"email": "bo@example.com", "cookie": "2c1f"})

    known = await acton.get(f"{ACCOUNT}/contact/cookieId/2c1f")
    unknown = await acton.get(f"{ACCOUNT}/contact/cookieId/ffff")

    assert (known.body["id"], unknown.status) == (bo, 404)


async def test_contacts_belong_to_their_account(rig: Rig, acton: Door) -> None:
    await put(rig, {"email": "bo@example.com"})
    stranger = await rig.acton(account_id="7")

    theirs = await stranger.get("/ucl/v2/7/contact/")
    ours = await stranger.get(CONTACTS)

    assert theirs.body["data"] == []
    assert (ours.status, (await acton.get(CONTACTS)).body["totalCount"]) == (403, 1)


async def test_lists_may_come_bare_for_their_form_was_never_published(
    rig: Rig, acton: Door
) -> None:
    rig.world.settings = rig.world.settings.changed({"acton_unpublished": "bare"})
    (bo,) = await put(rig, {"email": "bo@example.com"})

    assert [one["id"] for one in (await acton.get(CONTACTS)).body] == [bo]
