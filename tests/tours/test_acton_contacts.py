"""Act-On Contacts, from the first to the last word, in both forms that their lists may have."""

from pathlib import Path
from typing import Any

import pytest

from tests.tours.travel import Tour, travel

FORMS = pytest.mark.parametrize("form", ["usual", "bare"])
"""How lists come whose form was never published."""

LOST = {
    "vendor": "acton",
    "method": "POST",
    "path": "^/ucl/v2/",
    "fault": {"kind": "cut", "when": "after"},
}
"""One create of Act-On Contacts happens, and its answer is lost."""


def emails(page: dict[str, Any]) -> list[str]:
    return [one["email"] for one in page["contacts"]]


async def came(tour: Tour, *contacts: dict[str, Any]) -> list[str]:
    """Contacts who come without a call; their ids."""
    asked = {"contacts": list(contacts)}
    return list((await tour.rig.control("POST", "/control/acton/contacts", asked))["contact_ids"])


@FORMS
def test_a_contact_is_added_read_changed_and_deleted(tmp_path: Path, form: str) -> None:
    async def story(tour: Tour) -> None:
        made = await tour.call(
            "acton.contacts.create", createContactMethod="EMAIL", email="bo@example.com"
        )
        bo = made["id"]
        changed = await tour.call("acton.contacts.update", id=bo, firstName="Bo")
        assert (changed["id"], changed["contacts"][0]["firstName"]) == (bo, "Bo")
        assert (await tour.call("acton.contacts.get", id=bo))["firstName"] == "Bo"

        since = str(tour.rig.clock.now() // 1000 - 3600)
        page = await tour.call("acton.contacts.list", createdAfter=since, pageSize=10)
        assert emails(page) == ["bo@example.com"]
        chosen = await tour.call("acton.contacts.list_fields", fields=["first name"])
        assert chosen["contacts"] == [{"first name": "Bo"}]

        await tour.call("acton.contacts.delete_many", ids=[bo])
        assert (await tour.call("acton.contacts.list"))["contacts"] == []

    travel(tmp_path, story, acton_unpublished=form)


@FORMS
def test_a_contact_is_known_by_the_address(tmp_path: Path, form: str) -> None:
    async def story(tour: Tour) -> None:
        who = {"emailAddress": "bo@example.com"}
        added = await tour.call("acton.contacts.upsert_by_email", **who, firstName="Bo")
        again = await tour.call("acton.contacts.upsert_by_email", **who, firstName="Bob")
        assert added["id"] == again["id"]
        kept = await tour.call(
            "acton.contacts.upsert_by_email",
            **who,
            upsertContactPolicy="SKIP_EXISTING_CONTACT",
            firstName="Robert",
        )
        assert kept == {"id": None, "contacts": []}

        (bo,) = (await tour.call("acton.contacts.list_by_email", **who))["contacts"]
        assert (bo["id"], bo["firstName"]) == (added["id"], "Bob")

        await tour.call("acton.contacts.delete_by_email", **who)
        await tour.call("acton.contacts.delete_by_email", **who)  # nobody is there any more
        await came(tour, {"email": "ann@example.com"}, {"email": "cy@example.com"})
        await tour.call(
            "acton.contacts.delete_many_by_email", emails=["bo@example.com", "ann@example.com"]
        )
        assert emails(await tour.call("acton.contacts.list")) == ["cy@example.com"]

    travel(tmp_path, story, acton_unpublished=form)


def test_a_contact_is_known_by_an_outside_id(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        who = {"objectType": "Contact", "externalId": "ExampleContact000001"}
        assert (await tour.call("acton.contacts.get_by_external_id", **who)).get("id") is None

        added = await tour.call(
            "acton.contacts.upsert_by_external_id", **who, email="bo@example.com"
        )
        found = await tour.call("acton.contacts.get_by_external_id", **who)
        assert (found["id"], found["email"]) == (added["id"], "bo@example.com")

        await tour.call("acton.contacts.delete_by_external_id", **who)
        assert (await tour.call("acton.contacts.list"))["contacts"] == []

    travel(tmp_path, story)


def test_a_contact_is_known_by_the_cookie(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        (bo,) = await came(tour, {"email": "bo@example.com", "cookie": "2c1f5a7e"})

        assert (await tour.call("acton.contacts.get_by_cookie", cookieId="2c1f5a7e"))["id"] == bo
        assert (await tour.call("acton.contacts.get_by_cookie", cookieId="0000")).get("id") is None

    travel(tmp_path, story)


def test_a_contact_whose_answer_was_lost_is_found_again_and_not_added_twice(
    tmp_path: Path,
) -> None:
    async def story(tour: Tour) -> None:
        for who in (
            {"createContactMethod": "EMAIL", "email": "bo@example.com"},
            {"createContactMethod": "EXTERNAL_ID", "objectType": "Contact", "externalId": "1"},
        ):
            await tour.rig.fault(**LOST)
            made = await tour.call("acton.contacts.create", **who)
            assert (await tour.call("acton.contacts.get", id=made["id"]))["id"] == made["id"]

        assert len(tour.rig.effects("contact.created")) == 2

    travel(tmp_path, story)


@FORMS
def test_what_a_contact_did_is_told(tmp_path: Path, form: str) -> None:
    async def story(tour: Tour) -> None:
        outside = {"objectType": "Contact", "externalId": "1"}
        (bo,) = await came(tour, {"email": "bo@example.com", "fields": outside})
        did = {"verb": "clicked", "what": "Spring offers"}
        await tour.rig.control("POST", f"/control/acton/contacts/{bo}/activity", did)
        await tour.rig.control("POST", f"/control/acton/contacts/{bo}/score", {"score": 42})

        address = {"emailAddress": "bo@example.com"}
        histories = [
            await tour.call("acton.contact_history.list", id=bo, monthsOfPastData=1),
            await tour.call("acton.contact_history.list_by_email", **address),
            await tour.call("acton.contact_history.list_by_external_id", **outside),
        ]
        for history in histories:
            assert [one["Verb"] for one in history["activitylist"]] == ["r"]
            assert history["activity"]["score"] == 42

        scores = [
            await tour.call("acton.contact_scores.list", id=bo),
            await tour.call("acton.contact_scores.list_by_email", **address),
            await tour.call("acton.contact_scores.list_by_external_id", **outside),
        ]
        for told in scores:
            assert {one["name"]: one["score"] for one in told["scores"]} == {
                "Act-On Primary Score": 42,
                "Interest": 0,
            }

    travel(tmp_path, story, acton_unpublished=form)
