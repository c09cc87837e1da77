"""A person at Act-On's subscription page, mail that bounces, and touch points to look at.

All of it is of the default account.
"""

from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from dragoman.kernel.clock import iso
from dragoman.kernel.jsons import Json
from dragoman.simulator.acton.consent import Choice, Kind, Suppressed, fold
from dragoman.simulator.acton.forms import is_address
from dragoman.simulator.acton.state import TouchPoint
from dragoman.simulator.control.bodies import Body, Handler, Wrong, answer, read
from dragoman.simulator.world import World

PATHS: dict[str, Kind] = {
    "optouts": "optout",
    "hardbounces": "hardbounce",
    "spamcomplaints": "spamcomplaint",
}
ORIGINS: dict[Kind, str] = {
    "optout": "Subscription page",
    "hardbounce": "Message: mailbox unknown",
    "spamcomplaint": "Mail provider",
}


class Suppression(Body):
    email: str
    origin: str = ""
    """In words; left out, it is what fits the list."""


class NewCategory(Body):
    name: str
    description: str = ""


class Subscription(Body):
    email: str
    category: str
    action: Choice = "optout"


async def add_suppressed(kind: Kind, world: World, request: Request) -> Response:
    return answer(show_suppressed(suppress(world, kind, await read(request, Suppression))), 201)


async def suppressed(kind: Kind, world: World, _: Request) -> Response:
    entries = world.acton.default_account.consent.suppressed(kind)
    return answer({"entries": [show_suppressed(one) for one in entries]})


async def release(kind: Kind, world: World, request: Request) -> Response:
    """Take somebody off a list, as a person at Act-On's screens may."""
    email = request.path_params["email"]
    if not world.acton.default_account.consent.release(kind, email):
        raise Wrong(f"{email} is not on the list", 404)
    return answer({"deleted": email})


async def categories(world: World, _: Request) -> Response:
    shown = [
        {
            "name": one.name,
            "description": one.description,
            "opted_out": [email for email, choice, _ in one.chosen.values() if choice == "optout"],
        }
        for one in world.acton.default_account.consent.categories.values()
    ]
    return answer({"categories": shown})


async def add_category(world: World, request: Request) -> Response:
    asked = await read(request, NewCategory)
    if not asked.name.strip():
        raise Wrong("a category needs a name")
    consent = world.acton.default_account.consent
    made = consent.add_category(asked.name.strip(), asked.description)
    return answer({"name": made.name, "description": made.description}, 201)


async def subscribe(world: World, request: Request) -> Response:
    """The person is in or out of one category."""
    asked = await read(request, Subscription)
    found = world.acton.default_account.consent.categories.get(asked.category)
    if found is None:
        raise Wrong(f"no category {asked.category}", 404)
    found.choose(_checked(asked.email), asked.action, world.clock.now())
    return answer({"email": asked.email, "category": found.name, "action": asked.action}, 201)


async def touchpoints(world: World, request: Request) -> Response:
    """Every touch point, oldest first, whether its upload is done or not."""
    email = fold(request.query_params.get("email", ""))
    points = world.acton.default_account.touchpoints()
    shown = [show_touchpoint(one) for one in points if email in ("", fold(one.email))]
    return answer({"touchpoints": shown})


def suppress(world: World, kind: Kind, asked: Suppression) -> Suppressed:
    """Put an address on a list; once there, it stays as it is.

    Raises:
        Wrong: it is no address.
    """
    consent, now = world.acton.default_account.consent, world.clock.now()
    return consent.suppress(kind, _checked(asked.email), now, asked.origin or ORIGINS[kind])[0]


def show_suppressed(one: Suppressed) -> Json:
    return {"email": one.email, "origin": one.origin, "at": one.at, "time": iso(one.at)}


def show_touchpoint(one: TouchPoint) -> dict[str, Json]:
    """`when` is what was told, `at` the moment from which it can be seen; milliseconds."""
    return {
        "email": one.email,
        "destination": one.destination,
        "action": one.action,
        "title": one.title,
        "note": one.note,
        "when": one.when,
        "at": one.shows,
    }


def _checked(email: str) -> str:
    if not is_address(email):
        raise Wrong(f"{email.strip() or 'nothing'} is no e-mail address")
    return email.strip()


ROUTES: dict[tuple[str, str], Handler] = {
    **{
        ("GET", f"/control/acton/{path}"): partial(suppressed, kind) for path, kind in PATHS.items()
    },
    **{
        ("POST", f"/control/acton/{path}"): partial(add_suppressed, kind)
        for path, kind in PATHS.items()
    },
    **{
        ("DELETE", f"/control/acton/{path}/{{email}}"): partial(release, kind)
        for path, kind in PATHS.items()
    },
    ("GET", "/control/acton/categories"): categories,
    ("POST", "/control/acton/categories"): add_category,
    ("POST", "/control/acton/subscriptions"): subscribe,
    ("GET", "/control/acton/touchpoints"): touchpoints,
}
