"""The calendars themselves."""

from typing import Any

from dragoman.kernel.jsons import Json
from dragoman.simulator.exchange import Answer
from dragoman.simulator.highlevel import answers
from dragoman.simulator.highlevel.calendars import views
from dragoman.simulator.highlevel.calendars.records import Calendar, Record, of_location
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.fields import (
    ARRAY,
    FLAG,
    MOMENT,
    OBJECT,
    OBJECTS,
    TEXT,
    Kind,
    between,
    objects,
    one_of,
)
from dragoman.simulator.routes import Route

_LENGTH, _NOTICE = one_of("mins", "hours"), one_of("hours", "days", "weeks", "months")
KINDS = ("round_robin", "event", "class_booking", "collective", "service_booking", "personal")
_TEXTS = """
    groupId name description slug widgetSlug eventTitle eventColor meetingLocation formId
    alertEmail notes pixelId formSubmitRedirectURL formSubmitThanksMessage consentLabel
    calendarCoverImage
"""
_FLAGS = """
    isActive enableRecurring stickyContact isLivePaymentMode autoConfirm
    shouldSendAlertEmailsToAssignedMember googleInvitationEmails allowReschedule
    allowCancellation shouldAssignContactToTeamMember shouldSkipAssigningContactForExisting
"""
_NUMBERS = """
    slotDuration slotInterval slotBuffer preBuffer appoinmentPerSlot appoinmentPerDay
    allowBookingAfter allowBookingFor availabilityType
"""
_ENDS = {
    **dict.fromkeys(("openHour", "closeHour"), between(0, 24)),
    **dict.fromkeys(("openMinute", "closeMinute"), between(0, 60)),
}
_HOURS = objects(_ENDS, tuple(_ENDS))
UPDATE_FIELDS: dict[str, Kind] = {
    **dict.fromkeys(_TEXTS.split(), TEXT),
    **dict.fromkeys(_FLAGS.split(), FLAG),
    **dict.fromkeys(_NUMBERS.split(), between(0, 100_000)),
    **dict.fromkeys(("slotDuration", "slotInterval"), between(1, 100_000)),
    **dict.fromkeys(("notifications", "locationConfigurations"), OBJECTS),
    "teamMembers": objects({"userId": TEXT}, ("userId",)),
    "openHours": objects({"daysOfTheWeek": ARRAY, "hours": _HOURS}, ("daysOfTheWeek", "hours")),
    "availabilities": objects({"date": MOMENT, "hours": _HOURS}, ("date", "hours")),
    **dict.fromkeys(("recurring", "lookBusyConfig"), OBJECT),
    **dict.fromkeys(("slotDurationUnit", "slotIntervalUnit", "preBufferUnit"), _LENGTH),
    "allowBookingAfterUnit": _NOTICE,
    "allowBookingForUnit": one_of("days", "weeks", "months"),
    "eventType": one_of(
        "RoundRobin_OptimizeForAvailability", "RoundRobin_OptimizeForEqualDistribution"
    ),
    "widgetType": one_of("default", "classic"),
    "formSubmitType": one_of("RedirectURL", "ThankYouMessage"),
    "guestType": one_of("count_only", "collect_detail"),
}
CREATE_FIELDS: dict[str, Kind] = {
    **UPDATE_FIELDS,
    "locationId": TEXT,
    "slotBufferUnit": _LENGTH,
    "calendarType": one_of(*KINDS),
}
DEFAULTS: dict[str, Any] = {
    "isActive": True,
    "calendarType": "event",
    "eventType": "RoundRobin_OptimizeForAvailability",
    "widgetType": "classic",
    "eventTitle": "{{contact.name}}",
    "eventColor": "#039be5",
    "slotDuration": 30,
    "slotDurationUnit": "mins",
    "slotInterval": 30,
    "slotIntervalUnit": "mins",
    "appoinmentPerSlot": 1,
    "enableRecurring": False,
    "autoConfirm": True,
    "allowReschedule": True,
    "allowCancellation": True,
    "googleInvitationEmails": False,
    "formSubmitType": "ThankYouMessage",
}
"""Those of the description."""


def every(call: Call) -> Answer:
    query = call.request.query
    call.check_location(query.get("locationId"))
    shown = [
        views.record(one)
        for one in of_location(call.state.calendars.calendars.values(), call.account)
        if query.get("groupId") in (None, one.fields.get("groupId"))
        and (one.fields["isActive"] or query.get("showDrafted") != "false")
    ]
    return call.answer(200, {"calendars": shown})


def get(call: Call) -> Answer:
    return call.answer(200, {"calendar": views.record(find(call))})


def create(call: Call) -> Answer:
    body = call.body(CREATE_FIELDS, ("locationId", "name"))
    call.check_location(body.pop("locationId"))
    calendar = Calendar(call.world.mint.word("calendar"), call.account, {**DEFAULTS, **body})
    _check(call, calendar, body)
    call.state.calendars.calendars[calendar.id] = calendar
    call.record("calendar.created", _subject(calendar), body)
    return call.answer(200, {"calendar": views.record(calendar)})


def update(call: Call) -> Answer:
    calendar = find(call)
    body = call.body(UPDATE_FIELDS)
    _check(call, Calendar(calendar.id, calendar.location_id, {**calendar.fields, **body}), body)
    calendar.fields |= body
    call.record("calendar.updated", _subject(calendar), body)
    return call.answer(200, {"calendar": views.record(calendar)})


def delete(call: Call) -> Answer:
    """What was booked in it stays where it was."""
    calendar = find(call)
    del call.state.calendars.calendars[calendar.id]
    call.record("calendar.deleted", _subject(calendar), {})
    return call.answer(200, {"success": True})


def find(call: Call, calendar_id: str | None = None) -> Calendar:
    """The calendar of that id or of the path's, if this token reaches it."""
    wanted = call.params["calendar"] if calendar_id is None else calendar_id
    calendar = call.state.calendars.calendars.get(wanted)
    if calendar is None:
        raise answers.not_found("Calendar", wanted)
    call.check_location(calendar.location_id)
    return calendar


def _check(call: Call, calendar: Calendar, body: dict[str, Json]) -> None:
    """What has to fit together: members, group, slug.

    Raises:
        Refusal: 400 for a member, group or slug that cannot be, 422 for too few or many members.
    """
    members, kind = calendar.members, calendar.kind
    if kind != "event" and not members:
        raise answers.unprocessable([f"teamMembers are required for calendars of type {kind}"])
    if kind == "personal" and len(members) != 1:
        raise answers.unprocessable(["a personal calendar must have exactly one team member"])
    for member in members:
        if member not in call.location.users:
            raise answers.not_found("User", member)
    group = call.state.calendars.groups.get(body.get("groupId") or "")
    if body.get("groupId") and (group is None or group.location_id != call.account):
        raise answers.not_found("Group", body["groupId"])
    if taken(call.state.calendars.calendars.values(), calendar, body.get("slug")):
        raise answers.refusal(400, "Slug is already taken")


def taken(others: Any, mine: Record, slug: Json) -> bool:
    """Whether somebody else's address in the location ends in this."""
    return bool(slug) and any(
        one.fields.get("slug") == slug
        for one in of_location(others, mine.location_id)
        if one.id != mine.id
    )


def _subject(calendar: Calendar) -> Json:
    return {"calendar_id": calendar.id, "location_id": calendar.location_id}


ROUTES = (
    Route("GET", "/calendars/", every, "calendars.readonly"),
    Route("POST", "/calendars/", create, "calendars.write"),
    Route("GET", "/calendars/{calendar}", get, "calendars.readonly"),
    Route("PUT", "/calendars/{calendar}", update, "calendars.write"),
    Route("DELETE", "/calendars/{calendar}", delete, "calendars.write"),
)
