"""The location itself, as its settings page shows it, and what only an agency does with it."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dragoman.kernel.jsons import Json
from dragoman.simulator.exchange import Answer
from dragoman.simulator.highlevel import agency, answers
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.fields import OBJECT, TEXT, Kind, problems
from dragoman.simulator.highlevel.locations import webhooks
from dragoman.simulator.highlevel.records import Location
from dragoman.simulator.routes import AGENCY, BOTH, Route

_TEXTS = (
    *("name", "phone", "companyId", "address", "city", "state", "country", "postalCode"),
    *("website", "timezone"),
)
_INNER: dict[str, tuple[str, ...]] = {
    "prospectInfo": ("firstName", "lastName", "email"),
    "twilio": ("sid", "authToken"),
    "mailgun": ("apiKey", "domain"),
    "snapshot": ("id",),
}
"""Fields within fields that must be there."""
_BOTH: dict[str, Kind] = {
    **dict.fromkeys(_TEXTS, TEXT),
    **dict.fromkeys(("prospectInfo", "settings", "social", "twilio", "mailgun"), OBJECT),
}
_CREATE: dict[str, Kind] = {**_BOTH, "snapshotId": TEXT}
_UPDATE: dict[str, Kind] = {**_BOTH, "snapshot": OBJECT}
_SECRET = frozenset({"twilio", "mailgun"})
_APART = frozenset({"companyId", "phone", "prospectInfo", "settings", "snapshot", "snapshotId"})


def get(call: Call) -> Answer:
    """What is settled about matching contacts stands in its settings."""
    location = agency.reached(call, call.params["location"])
    settings = call.world.settings
    matching = {
        "allowDuplicateContact": settings.allow_duplicate_contacts,
        "contactUniqueIdentifiers": list(settings.contact_identifiers),
    }
    shown = _shown(call, location)
    shown["settings"] = {**shown.get("settings", {}), **matching}
    return call.answer(200, {"location": shown})


def search(call: Call) -> Answer:
    """By the name: a guess at what `order` is about. A location's own token finds that alone."""
    query = call.request.query
    if "companyId" in query:
        agency.check(call, query["companyId"])
    everything = agency.is_agency(call)
    found = [
        one
        for one in call.state.locations.values()
        if (everything or one.id == call.account)
        and query.get("email", one.email).casefold() == one.email.casefold()
    ]
    order = query.get("order", "asc")
    if order not in ("asc", "desc"):
        raise answers.unprocessable(["order must be one of the following values: asc, desc"])
    found.sort(key=lambda one: str(_profile(call, one).get("name")), reverse=order == "desc")
    skip, limit = call.number("skip", 0), call.number("limit", 10)
    shown = [_shown(call, one) for one in found[skip : skip + limit]]
    return call.answer(200, {"locations": shown})


def create(call: Call) -> Answer:
    """Declared and answered 200, unlike other creates."""
    body = _read(call, _CREATE, required=("name", "companyId"))
    location = call.state.location(call.world.mint.word("location"))
    _write(call, location, body)
    call.record("location.created", {"location_id": location.id}, _open(body))
    webhooks.tell(call.world, "LocationCreate", location)
    return call.answer(200, _shown(call, location))


def update(call: Call) -> Answer:
    location = agency.reached(call, call.params["location"])
    body = _read(call, _UPDATE, required=("companyId",))
    _write(call, location, body)
    call.record("location.updated", {"location_id": location.id}, _open(body))
    webhooks.tell(call.world, "LocationUpdate", location)
    return call.answer(200, _shown(call, location))


def delete(call: Call) -> Answer:
    """All that is in it goes along, and its tokens end."""
    location = agency.reached(call, call.params["location"])
    if call.request.query.get("deleteTwilioAccount") not in ("true", "false"):
        raise answers.unprocessable(["deleteTwilioAccount must be a boolean value"])
    state = call.state
    for contact in [one for one in state.contacts.values() if one.location_id == location.id]:
        state.forget_contact(contact)
    for grant in state.tokens.by_access.values():
        if grant.account == location.id:
            grant.expires, grant.refresh_expires = min(grant.expires, call.now), 0
    del state.locations[location.id]
    state.estate.drop(location.id)
    state.models.drop(location.id)
    call.record("location.deleted", {"location_id": location.id}, {})
    done = {"success": True, "message": f"Deleted location with id: {location.id}"}
    return call.answer(200, done)


def _read(call: Call, known: dict[str, Kind], required: tuple[str, ...]) -> dict[str, Json]:
    body = call.body(known, required)
    wrong = [
        f"{name}.{problem}"
        for name, inner in _INNER.items()
        if name in body
        for problem in problems(body[name], dict.fromkeys(body[name], (TEXT[0], bool)), inner)
        if problem.endswith("should not be empty")
    ]
    if not _is_zone(body.get("timezone") or "UTC"):
        wrong.append("timezone must be a valid timezone")
    if wrong:
        raise answers.unprocessable(wrong)
    agency.check(call, body["companyId"])
    return body


def _is_zone(name: str) -> bool:
    """Whether there is such a zone; that another is refused is a guess."""
    try:
        ZoneInfo(name)
    except (ValueError, ZoneInfoNotFoundError):
        return False
    return True


def _write(call: Call, location: Location, body: dict[str, Json]) -> None:
    profile = _profile(call, location)
    profile |= {name: one for name, one in body.items() if name not in _APART | _SECRET}
    profile["settings"] = {**profile.get("settings", {}), **body.get("settings", {})}
    prospect = body.get("prospectInfo", {})
    profile |= {name: prospect[name] for name in ("firstName", "lastName") if name in prospect}
    location.email = prospect.get("email", location.email)
    location.phone = body.get("phone", location.phone)


def _open(body: dict[str, Json]) -> dict[str, Json]:
    """What the ledger may keep: not how the location pays for its messages."""
    return {name: one for name, one in body.items() if name not in _SECRET}


def _profile(call: Call, location: Location) -> dict[str, Json]:
    return call.state.estate.of(location.id).profile


def _shown(call: Call, location: Location) -> dict[str, Json]:
    return {
        "id": location.id,
        "companyId": location.company_id,
        **_profile(call, location),
        "email": location.email,
        "phone": location.phone,
    }


ROUTES = (
    Route("GET", "/locations/search", search, "locations.readonly", callers=BOTH),
    Route("POST", "/locations/", create, "locations.write", callers=AGENCY),
    Route("GET", "/locations/{location}", get, "locations.readonly", callers=BOTH),
    Route("PUT", "/locations/{location}", update, "locations.write", callers=AGENCY),
    Route(
        "DELETE",
        "/locations/{location}",
        delete,
        "locations.internal-access-only",
        callers=AGENCY,
    ),
)
