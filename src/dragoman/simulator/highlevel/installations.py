"""What an agency's app does with its locations: it lists them, and gets a token for one of them."""

from base64 import urlsafe_b64decode, urlsafe_b64encode

from dragoman.kernel import jsons
from dragoman.kernel.jsons import Json
from dragoman.simulator.exchange import Answer, Refusal
from dragoman.simulator.figures import whole
from dragoman.simulator.highlevel import agency, answers, oauth, versions
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.records import Location
from dragoman.simulator.routes import AGENCY, Route

PAGE_SIZE, MOST = 20, 100


def location_token(call: Call) -> Answer:
    """A pair of tokens for one location; of the agency's kind it takes an app's alone."""
    _check_app(call)
    form = call.request.form()
    missing = [name for name in ("companyId", "locationId") if not form.get(name)]
    if missing:
        raise answers.unprocessable([f"{name} should not be empty" for name in missing])
    agency.check(call, form["companyId"])
    location = agency.reached(call, form["locationId"])
    if not location.active:
        raise answers.refusal(400, "Location is not active")
    scopes = call.grant.scopes if call.grant else frozenset[str]()
    made = oauth.issue(call.world, call.client, location.id, scopes)
    subject = {"client_id": call.client, "location_id": location.id}
    call.record("token.granted", subject, {"grant_type": "location"})
    about = {"appId": _app(call), "versionId": _app(call)}
    return call.answer(200, {**oauth.shown(call, made), **about})


def newer_location_token(call: Call) -> Answer:
    versions.need_v3(call)
    return location_token(call)


def installed(call: Call) -> Answer:
    found = _found(call)
    skip, limit = call.number("skip", 0), call.number("limit", PAGE_SIZE)
    page = [_shown(call, one) for one in found[skip : skip + limit]]
    counted = {"count": len(found), "installToFutureLocations": False}
    return call.answer(200, {"locations": page, **counted})


def newer_installed(call: Call) -> Answer:
    """Pages by a token, which holds how many to leave out."""
    versions.need_v3(call)
    found = _found(call)
    size, skip = _size(call), _skip(call)
    page = [_shown(call, one) for one in found[skip : skip + size]]
    more, before = skip + size < len(found), max(skip - size, 0)
    pagination: dict[str, Json] = {
        "totalRecords": len(found),
        "hasNextPage": more,
        "hasPrevPage": skip > 0,
        "currentPageSize": len(page),
        **({"nextPageToken": _token(skip + size)} if more else {}),
        **({"prevPageToken": _token(before)} if skip > 0 else {}),
    }
    metadata = {"filterApplied": {"companyId": call.state.company_id}}
    told = {"pagination": pagination, "metadata": metadata, "installToFutureLocations": False}
    return call.answer(200, {"items": page, **told})


def _found(call: Call) -> list[Location]:
    """The locations that are asked for, by id."""
    _check_app(call)
    query = call.request.query
    if not query.get("appId"):
        raise answers.unprocessable(["appId should not be empty"])
    agency.check(call, query.get("companyId"))
    wanted = query.get("isInstalled")
    return [
        one
        for _, one in sorted(call.state.locations.items())
        if query.get("locationId", one.id) == one.id
        and query.get("query", "").casefold() in _name(call, one).casefold()
        and wanted in (None, "true" if _has_app(call, one) else "false")
    ]


def _shown(call: Call, location: Location) -> dict[str, Json]:
    profile = call.state.estate.of(location.id).profile
    shown: dict[str, Json] = {
        "_id": location.id,
        "name": _name(call, location),
        "address": str(profile.get("address", "")),
        "isInstalled": _has_app(call, location),
    }
    return {**shown, "versionId": _app(call)} if shown["isInstalled"] else shown


def _name(call: Call, location: Location) -> str:
    return str(call.state.estate.of(location.id).profile.get("name", ""))


def _has_app(call: Call, location: Location) -> bool:
    """Whether the app that asks holds tokens of a location."""
    grants = call.state.tokens.by_access.values()
    return any((one.client, one.account) == (call.client, location.id) for one in grants)


def _check_app(call: Call) -> None:
    """A private token is none of an app's; the words are a guess."""
    if call.request.bearer().startswith("pit-"):
        raise answers.refusal(401, answers.BAD_TOKEN)


def _app(call: Call) -> str:
    return call.client.partition("-")[0]


def _size(call: Call) -> int:
    found = whole(call.request.query.get("pageSize", str(PAGE_SIZE)))
    if found is None or not 1 <= found <= MOST:
        raise _invalid("pageSize", f"pageSize must be between 1 and {MOST}")
    return found


def _token(skip: int) -> str:
    return urlsafe_b64encode(jsons.encode({"skip": skip})).decode().rstrip("=")


def _skip(call: Call) -> int:
    text = call.request.query.get("pageToken", "")
    if not text:
        return 0
    try:
        found = jsons.decode(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except ValueError:
        found = None
    match found:
        case {"skip": int() as skip} if skip >= 0:
            return skip
        case _:
            raise _invalid("pageToken", "The page token is invalid")


def _invalid(field: str, said: str) -> Refusal:
    """The envelope of errors that version v3 has in some places."""
    error = {"code": "INVALID_ARGUMENT", "message": said, "details": {"field": field}}
    return Refusal(400, {"error": error})


ROUTES = (
    Route("POST", "/oauth/locationToken", location_token, "oauth.write", callers=AGENCY),
    Route("POST", "/oauth/location-token", newer_location_token, "oauth.write", callers=AGENCY),
    Route("GET", "/oauth/installedLocations", installed, "oauth.readonly", callers=AGENCY),
    Route("GET", "/oauth/installed-locations", newer_installed, "oauth.readonly", callers=AGENCY),
)
