"""What is created in calendars and pipelines: looked up after a lost answer, and made once."""

from pathlib import Path
from typing import Any

import pytest

from tests.tours.test_highlevel_calendars import calendar, contact, later, slots, user
from tests.tours.travel import Tour, travel

LOST: list[dict[str, Any]] = [
    {"kind": "cut", "when": "after"},
    {"kind": "act_then_status", "status": 503},
    {"kind": "cut", "when": "before"},
]
CREATES = {
    "calendar.created": ("calendars.create", "/calendars/$"),
    "calendar_group.created": ("calendar_groups.create", "/groups$"),
    "appointment.created": ("appointments.create", "/appointments$"),
    "blocked_slot.created": ("blocked_slots.create", "/block-slots$"),
    "appointment_note.created": ("appointment_notes.create", "/notes$"),
    "calendar_notification.created": ("calendar_notifications.create", "/notifications$"),
    "calendar_schedule.created": ("calendar_schedules.create", "/schedules$"),
    "opportunity.created": ("opportunities.create", "/opportunities/$"),
}
RULE = {"receiverType": "contact", "channel": "email", "notificationType": "booked"}


async def given(tour: Tour, effect: str) -> dict[str, Any]:
    """What the create takes; what it stands on is made."""
    match effect:
        case "calendar.created":
            return {"name": "Calls", "slotDuration": 45, "slug": "calls"}
        case "calendar_group.created":
            return {"name": "Calls", "description": "All of them", "slug": "calls"}
        case "calendar_schedule.created":
            return {"name": "Early", "userId": await user(tour), "timezone": "America/New_York"}
        case "opportunity.created":
            pipeline = (await tour.call("highlevel.pipelines.list"))["pipelines"][0]["id"]
            return {"contactId": await contact(tour), "pipelineId": pipeline, "name": "A roof"}
        case _:
            return await given_in_a_calendar(tour, effect)


async def given_in_a_calendar(tour: Tour, effect: str) -> dict[str, Any]:
    here = await calendar(tour)
    first, second, *_ = await slots(tour, here)
    booked = {"calendarId": here, "contactId": await contact(tour), "startTime": first}
    match effect:
        case "calendar_notification.created":
            return {"calendarId": here, "notifications": [RULE]}
        case "appointment.created":
            return booked
        case "blocked_slot.created":
            return {"calendarId": here, "startTime": first, "endTime": later(second, hours=1)}
        case _:
            made = await tour.call("highlevel.appointments.create", **booked)
            return {"appointmentId": made["id"], "body": "Comes late"}


@pytest.mark.parametrize("fault", LOST, ids=lambda one: f"{one['kind']}-{one.get('when', '')}")
@pytest.mark.parametrize("effect", CREATES)
def test_a_lost_create_is_made_once(tmp_path: Path, effect: str, fault: dict[str, Any]) -> None:
    async def story(tour: Tour) -> None:
        operation, path = CREATES[effect]
        said = await given(tour, effect)
        before = len(tour.rig.effects(effect))
        asked = {"vendor": "highlevel", "method": "POST", "path": path, "fault": fault}
        await tour.rig.fault(**asked)

        await tour.call(f"highlevel.{operation}", **said)

        assert len(tour.rig.effects(effect)) == before + 1
        run = (await tour.rig.runs())[-1]
        assert (await tour.rig.steps(run))["call"].lost == 1

    travel(tmp_path, story)


def test_of_a_room_nobody_can_tell(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        await tour.rig.fault(
            vendor="highlevel", path="/rooms$", fault={"kind": "cut", "when": "after"}
        )

        with pytest.raises(AssertionError):
            await tour.call("highlevel.calendar_resources.create", resourceType="rooms", name="B")

        ((state, reason),) = await tour.rig.states()
        assert (state, "has no way to find out" in reason) == ("uncertain", True)
        assert len(tour.rig.effects("calendar_resource.created")) == 1

    travel(tmp_path, story)
