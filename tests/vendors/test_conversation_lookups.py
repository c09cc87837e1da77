"""Whether something of HighLevel's was made whose answer was lost, driven by hand."""

from typing import Any

import pytest

from dragoman.catalog.parts import Lost
from dragoman.kernel.clock import HOUR, MINUTE, Millis, iso
from dragoman.kernel.errors import BadAnswer
from dragoman.vendors.highlevel.contact_lookups import contact_by_address
from dragoman.vendors.highlevel.message_lookups import (
    logged_message,
    reply_of_conversation,
    subtype_by_name,
)
from dragoman.vendors.highlevel.user_lookups import user_by_email
from tests.vendors.plans import Drive

TRIED: Millis = 1_772_463_845_678
THERE = {"conversationId": "c-1", "contactId": "p-1"}
PLACE = {"locationId": "ExampleLocation00001"}


def message(number: int, at: Millis = TRIED, **more: Any) -> dict[str, Any]:
    return {"id": f"m-{number}", "conversationId": "c-1", "dateAdded": iso(at), **more}


def page(*found: Any, more: bool = False) -> dict[str, Any]:
    return {"messages": list(found), "nextPage": more}


def named(number: int) -> dict[str, Any]:
    return {"conversationId": "c-1", "messageId": f"m-{number}"}


def test_what_was_logged_is_found_by_its_id_in_the_other_system() -> None:
    lost = Lost({**THERE, "type": "SMS", "message": "Hello", "altId": "a"}, TRIED)
    drive = Drive(logged_message(lost))

    found = page(message(1, altId="b", body="Hello"), message(2, altId="a"))

    assert drive.part.input["conversationId"] == "c-1"
    assert drive.answer(found).result == [named(2)]


def test_without_such_an_id_its_text_tells() -> None:
    lost = Lost({**THERE, "type": "SMS", "message": "Hello"}, TRIED)

    found = page(message(1, body="Bye"), message(2, body="Hello"))

    assert Drive(logged_message(lost)).answer(found).result == [named(2)]


def test_what_was_logged_with_an_old_date_is_looked_for_back_to_that_date() -> None:
    given = {**THERE, "type": "SMS", "message": "Hello", "date": iso(TRIED - 2 * HOUR)}
    drive = Drive(logged_message(Lost(given, TRIED)))

    drive.answer(page(message(1), message(2, TRIED - HOUR), more=True))

    assert drive.part.input["lastMessageId"] == "m-2"
    found = page(message(3, TRIED - 2 * HOUR, body="Hello"), message(4, TRIED - 3 * HOUR))
    assert drive.answer(found).result == [named(3)]


@pytest.mark.parametrize(
    "given",
    [
        {"type": "Call"},
        {"type": "Email", "html": "Hello", "message": "Hello"},
        {"type": "SMS", "message": "Hello", "date": "some day"},
    ],
    ids=repr,
)
def test_what_lists_do_not_show_nobody_can_tell(given: dict[str, Any]) -> None:
    with pytest.raises(BadAnswer, match="nobody can tell"):
        Drive(logged_message(Lost({**THERE, **given}, TRIED)))


def test_a_reply_to_a_review_is_what_went_out_with_its_words() -> None:
    lost = Lost({**THERE, "message": "Thanks"}, TRIED)
    found = page(
        message(1, direction="inbound", body="Thanks"),
        message(2, direction="outbound", body="Thanks"),
        message(3, TRIED - MINUTE, direction="outbound", body="Thanks"),
    )

    assert Drive(reply_of_conversation(lost)).answer(found).result == [named(2)]


def test_a_kind_of_e_mail_is_found_by_name_and_channel() -> None:
    lost = Lost({**PLACE, "name": "News", "channel": "email"}, TRIED)
    kinds = [
        {"id": "1", "name": "News", "channel": "sms"},
        {"id": "2", "name": "News", "channel": "email"},
    ]

    assert Drive(subtype_by_name(lost)).answer({"subtypes": kinds}).result == [
        {"subtype": kinds[1]}
    ]


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ({"email": "bo@example.com", "phone": "+14155550100"}, {"email": "bo@example.com"}),
        ({"phone": "+14155550100"}, {"number": "+14155550100"}),
    ],
)
def test_a_new_contact_is_found_by_its_address(
    given: dict[str, Any], asked: dict[str, Any]
) -> None:
    drive = Drive(contact_by_address(Lost({**PLACE, **given}, TRIED)))
    contact = {"id": "p-1", "dateAdded": iso(TRIED)}

    assert drive.part.input == {**PLACE, **asked}
    assert drive.answer({"contact": contact}).result == [{"contact": contact}]


def test_where_nobody_has_the_address_nothing_was_made() -> None:
    lost = Lost({**PLACE, "email": "bo@example.com"}, TRIED)

    assert Drive(contact_by_address(lost)).answer({"contact": None}).result == []


@pytest.mark.parametrize("found", [{"dateAdded": iso(TRIED - HOUR)}, {}])
def test_an_older_contact_with_the_address_leaves_it_open(found: dict[str, Any]) -> None:
    lost = Lost({**PLACE, "email": "bo@example.com"}, TRIED)

    with pytest.raises(BadAnswer, match="nobody can tell"):
        Drive(contact_by_address(lost)).answer({"contact": {"id": "p-1", **found}})


def test_a_contact_without_an_address_is_like_any_other() -> None:
    with pytest.raises(BadAnswer, match="cannot be told from others"):
        Drive(contact_by_address(Lost({**PLACE, "name": "Bo"}, TRIED)))


@pytest.mark.parametrize(
    ("locations", "asked"), [(["l-1", "l-2"], {"locationId": "l-1"}), ([], {})], ids=str
)
def test_a_user_is_found_by_the_whole_address(locations: list[str], asked: dict[str, str]) -> None:
    given = {"companyId": "c", "email": "Bo@example.com", "locationIds": locations}
    drive = Drive(user_by_email(Lost(given, TRIED)))
    users = [{"id": "1", "email": "bobo@example.com"}, {"id": "2", "email": "bo@example.com"}]

    assert drive.part.input == {"companyId": "c", "query": "Bo@example.com", **asked}
    assert drive.answer({"users": users}).result == [users[1]]
