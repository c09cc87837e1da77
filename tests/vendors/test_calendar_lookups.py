"""Whether something of calendars and pipelines was created whose answer was lost, by hand."""

from typing import Any

import pytest

from dragoman.catalog.parts import Lost
from dragoman.kernel.clock import DAY, HOUR, MINUTE, SECOND, Millis, iso, millis
from dragoman.kernel.errors import BadAnswer
from dragoman.vendors.highlevel import calendar_lookups as lookups
from dragoman.vendors.highlevel.opportunity_lookups import opportunity_of_contact
from tests.vendors.plans import Drive

SENT: Millis = 1_772_463_845_000
NINE = "2026-03-03T09:00:00-08:00"
BOOKING = Lost({"calendarId": "k-1", "contactId": "c-1", "startTime": NINE, "title": "Visit"}, SENT)
NOTE = Lost({"appointmentId": "e-1", "body": "Comes late"}, SENT)
RULE = {"receiverType": "contact", "channel": "email", "notificationType": "booked"}


def event(**more: Any) -> dict[str, Any]:
    usual = {"id": "e-1", "contactId": "c-1", "title": "Visit", "startTime": NINE}
    return {**usual, "dateAdded": iso(SENT + SECOND), **more}


def test_an_appointment_is_looked_for_on_the_day_from_its_start() -> None:
    drive = Drive(lookups.appointment_at_start(BOOKING)).answer({"events": [event()]})

    start = millis(NINE)
    assert drive.asked[0].input == {
        "calendarId": "k-1",
        "startTime": start,
        "endTime": start + DAY,
    }
    assert [one["id"] for one in drive.result] == ["e-1"]


@pytest.mark.parametrize(
    "other",
    [
        event(contactId="c-2"),
        event(title="Call"),
        event(startTime="2026-03-03T09:30:00-08:00"),
        event(startTime=None),
        event(dateAdded=iso(SENT - HOUR)),
    ],
    ids=["another's", "another title", "later", "at no time", "before"],
)
def test_another_appointment_is_not_taken_for_it(other: dict[str, Any]) -> None:
    drive = Drive(lookups.appointment_at_start(BOOKING)).answer({"events": [other]})

    assert drive.result == []


def test_a_moment_is_the_same_in_whatever_zone_and_a_title_counts_only_if_given() -> None:
    untitled = Lost({**BOOKING.input, "title": None}, SENT)
    found = event(startTime="2026-03-03T17:00:00Z", title="Bo")

    drive = Drive(lookups.appointment_at_start(untitled)).answer({"events": [found]})

    assert drive.result == [found]


def test_a_block_of_a_user_is_looked_for_with_the_user_and_its_end_counts() -> None:
    said = {"assignedUserId": "u-1", "startTime": NINE, "endTime": "2026-03-03T10:00:00-08:00"}
    whole = event(endTime="2026-03-03T18:00:00Z")
    short = event(endTime="2026-03-03T17:30:00Z")

    drive = Drive(lookups.block_at_start(Lost(said, SENT))).answer({"events": [short, whole]})

    assert drive.asked[0].input["userId"] == "u-1"
    assert drive.result == [whole]


def test_of_a_block_of_nobody_nobody_can_tell() -> None:
    said = {"startTime": NINE, "endTime": NINE}

    with pytest.raises(BadAnswer, match="neither a calendar nor a user"):
        Drive(lookups.block_at_start(Lost(said, SENT)))


def note(number: int, **more: Any) -> dict[str, Any]:
    return {"id": f"n-{number}", "body": "Comes late", "dateAdded": iso(SENT), **more}


def test_notes_are_read_to_the_last_page() -> None:
    drive = Drive(lookups.appointment_note_by_body(NOTE))
    drive.answer({"notes": [note(1, body="Other")], "hasMore": True})
    drive.answer({"notes": [note(2), note(3, dateAdded=iso(SENT - MINUTE))], "hasMore": False})

    assert [one.input["offset"] for one in drive.asked] == [0, 20]
    assert drive.result == [{"note": note(2)}]


def test_of_too_many_notes_nobody_can_tell() -> None:
    more = {"notes": [], "hasMore": True}
    drive = Drive(lookups.appointment_note_by_body(NOTE))
    for _ in range(4):
        drive.answer(more)

    with pytest.raises(BadAnswer, match="over 100 notes"):
        drive.answer(more)


def test_a_calendar_must_be_alike_in_all_that_was_given() -> None:
    wanted = Lost({"locationId": "l-1", "name": "Visits", "slotDuration": 45}, SENT)
    alike = {"id": "k-1", "locationId": "l-1", "name": "Visits", "slotDuration": 45, "slug": "x"}

    drive = Drive(lookups.calendar_alike(wanted))
    drive.answer({"calendars": [{**alike, "id": "k-0", "slotDuration": 30}, alike]})

    assert drive.result == [{"calendar": alike}]


def test_a_group_is_the_one_with_the_slug() -> None:
    wanted = Lost({"name": "Visits", "description": "All", "slug": "visits"}, SENT)
    group = {"id": "g-1", "name": "Visits", "description": "All", "slug": "visits"}

    drive = Drive(lookups.group_by_slug(wanted))
    drive.answer({"groups": [{**group, "slug": "calls"}, group]})

    assert drive.result == [{"group": group}]


def test_notifications_are_found_only_if_each_of_them_is_there() -> None:
    both = [RULE, {**RULE, "channel": "sms"}]
    made = [{"_id": str(number), **rule} for number, rule in enumerate(both)]
    plan = lookups.notifications_alike
    lost = Lost({"calendarId": "k-1", "notifications": both}, SENT)

    assert Drive(plan(lost)).answer({"notifications": made[:1]}).result == []
    assert Drive(plan(lost)).answer({"notifications": made}).result == [{"notifications": made}]


def test_a_schedule_has_the_name_and_was_made_since() -> None:
    lost = Lost({"userId": "u-1", "name": "Early"}, SENT)
    mine = {"id": "s-1", "name": "Early", "dateAdded": iso(SENT)}
    old = {**mine, "id": "s-0", "dateAdded": iso(SENT - HOUR)}

    drive = Drive(lookups.schedule_by_name(lost)).answer({"schedules": [old, mine]})

    assert drive.asked[0].input == {"userId": "u-1", "limit": 500}
    assert drive.result == [{"schedule": mine}]


@pytest.mark.parametrize(
    ("more", "found"),
    [({}, True), ({"name": "A wall"}, False), ({"createdAt": iso(SENT - HOUR)}, False)],
)
def test_an_opportunity_is_the_contacts_in_the_pipeline(more: dict[str, Any], found: bool) -> None:  # noqa: FBT001  # a row of a table
    lost = Lost({"contactId": "c-1", "pipelineId": "p-1", "name": "A roof"}, SENT)
    one = {"id": "o-1", "name": "A roof", "createdAt": iso(SENT + SECOND), **more}

    drive = Drive(opportunity_of_contact(lost)).answer({"opportunities": [one]})

    assert drive.asked[0].input == {"contactId": "c-1", "pipelineId": "p-1", "limit": 100}
    assert drive.result == ([{"opportunity": one}] if found else [])


def test_without_a_date_nobody_can_tell() -> None:
    drive = Drive(lookups.appointment_at_start(BOOKING))

    with pytest.raises(BadAnswer, match="no date that can be read"):
        drive.answer({"events": [event(dateAdded=None)]})
