"""Writes and deletes of Act-On Contacts: who of several with an address is meant."""

import pytest

from tests.simulator.book import client, put
from tests.simulator.conftest import START, Door, Rig

ACCOUNT = "/ucl/v2/40042"
BO = f"{ACCOUNT}/contact/email/bo%40example.com"
OUTSIDE = f"{ACCOUNT}/contact/externalId/Contact"
HOUR = 3_600


@pytest.fixture
async def acton(rig: Rig) -> Door:
    return await client(rig)


@pytest.fixture
async def twins(rig: Rig) -> list[str]:
    """Two contacts with the same address, the older one an hour old."""
    older = {"email": "bo@example.com", "first_name": "Bo", "created": START - HOUR * 1000}
    return await put(rig, older, {"email": "bo@example.com", "first_name": "Bob"})


@pytest.mark.parametrize(
    ("policy", "names"),
    [
        ("OLDEST_CONTACT", ["Robert", "Bob"]),
        ("NEWEST_CONTACT", ["Bo", "Robert"]),
        ("ALL_CONTACTS", ["Robert", "Robert"]),
        ("SKIP_EXISTING_CONTACT", ["Bo", "Bob"]),
        ("SKIP_NEW_CONTACT", ["Robert", "Bob"]),
        ("ADD_NEW_CONTACT", ["Bo", "Bob", "Robert"]),
    ],
)
async def test_the_policy_decides_among_several_with_an_address(
    acton: Door, twins: list[str], policy: str, names: list[str]
) -> None:
    reply = await acton.put(f"{BO}?upsertContactPolicy={policy}", {"firstName": "Robert"})

    found = await acton.get(f"{BO}?pageSize=9")
    assert (reply.status, len(twins)) == (200, 2)
    assert [one["firstName"] for one in found.body["data"]] == names


@pytest.mark.parametrize(
    ("policy", "count"),
    [("OLDEST_CONTACT", 1), ("SKIP_EXISTING_CONTACT", 1), ("SKIP_NEW_CONTACT", 0)],
)
async def test_who_is_not_there_is_added_unless_new_ones_are_skipped(
    rig: Rig, acton: Door, policy: str, count: int
) -> None:
    reply = await acton.put(f"{BO}?upsertContactPolicy={policy}", {"firstName": "Bo"})
    wrong = await acton.put(f"{BO}?upsertContactPolicy=ANY", {})

    assert len(rig.effects("contact.created")) == count
    assert bool(reply.body) == bool(count)
    assert wrong.status == 400


async def test_an_outside_id_falls_back_to_the_address(acton: Door, twins: list[str]) -> None:
    fallen = await acton.put(f"{OUTSIDE}/1", {"email": "bo@example.com", "company": "Example Ltd"})
    again = await acton.put(f"{OUTSIDE}/1", {"email": "robert@example.com"})
    fresh = await acton.put(f"{OUTSIDE}/2", {"firstName": "Ann"})
    read = await acton.get(f"{OUTSIDE}/1")
    missing = await acton.get(f"{OUTSIDE}/3")

    assert [one.body["id"] for one in (fallen, again, read)] == [twins[0]] * 3
    assert (read.body["email"], read.body["company"]) == ("robert@example.com", "Example Ltd")
    assert (fresh.body["objectType"], fresh.body["externalId"]) == ("Contact", "2")
    assert missing.status == 404


async def test_deleting_by_address_takes_the_oldest(acton: Door, twins: list[str]) -> None:
    first = await acton.delete(BO)
    left = await acton.get(BO)
    await acton.delete(f"{BO}?deleteContactPolicy=NEWEST_CONTACT")
    third = await acton.delete(BO)

    assert (first.status, first.body) == (200, {})
    assert [one["id"] for one in left.body["data"]] == twins[1:]
    assert (third.status, third.raw) == (404, b"")


async def test_deleting_by_outside_id_answers_true(rig: Rig, acton: Door) -> None:
    await put(rig, {"fields": {"externalId": "1", "objectType": "Contact"}})

    gone = await acton.delete(f"{OUTSIDE}/1")
    again = await acton.delete(f"{OUTSIDE}/1")

    assert (gone.status, gone.body, again.status) == (200, True, 404)


async def test_several_are_deleted_and_strangers_passed_over(rig: Rig, acton: Door) -> None:
    ann, _, cy = await put(rig, *({"email": f"{name}@example.com"} for name in ("ann", "bo", "cy")))

    by_id = await acton.call("DELETE", f"{ACCOUNT}/contact/ids", json=[ann, ann, "l-other:1"])
    by_email = await acton.call(
        "DELETE", f"{ACCOUNT}/contact/emails", json=["bo@example.com", "di@example.com"]
    )
    wrong = await acton.call("DELETE", f"{ACCOUNT}/contact/ids", json={"ids": [cy]})

    assert (by_id.status, by_email.status, wrong.status) == (200, 200, 400)
    assert list(rig.world.acton.default_account.contacts.contacts) == [cy]
    assert len(rig.effects("contact.deleted")) == 2
