"""Act-On's suppression lists: hard bounces, spam complaints and global opt-outs."""

from collections.abc import Callable
from functools import partial

from dragoman.kernel.clock import Millis
from dragoman.simulator.acton import filters, forms
from dragoman.simulator.acton.call import Call
from dragoman.simulator.acton.consent import KINDS, Kind, Suppressed
from dragoman.simulator.acton.state import SYSTEM_NAMES
from dragoman.simulator.acton.uploads import keep_rejected
from dragoman.simulator.exchange import Answer, as_json
from dragoman.simulator.routes import Route

BOUNDS = ("createdafter", "createdbefore")
_HEADINGS = {name.casefold() for name, column in SYSTEM_NAMES.items() if column == "EMAIL"}


def listing(kind: Kind, call: Call) -> Answer:
    """A page; the total is never told, so a reader goes on until a page is short."""
    limits = filters.bounds(call, BOUNDS, call.world.settings.suppression_time_unit)
    found = [one for one in call.consent.suppressed(kind) if _within(one, limits)]
    offset, count = filters.page(call)
    shown = [
        {"email": one.email, "timestamp": one.at, "origin": one.origin}
        for one in found[offset : offset + count]
    ]
    body = {"offset": offset, "count": len(shown), "totalCount": -1, "result": shown}
    return as_json(200, body)


def add_optouts(call: Call) -> Answer:
    """Opt every address of the file out; who is out already keeps the old moment."""
    return _upload(call, _add)


def remove_optouts(call: Call) -> Answer:
    """Take every address of the file off the list; needs what support switches on."""
    call.need_feature("optin")
    return _upload(call, _remove)


def _within(one: Suppressed, limits: dict[str, Millis]) -> bool:
    after, before = limits.get("createdafter", -1), limits.get("createdbefore", one.at + 1)
    return after < one.at < before


def _upload(call: Call, take: Callable[[Call, str], None]) -> Answer:
    """One address a line; a heading above them is passed over."""
    cells = [line.strip().strip('"') for line in forms.read(call.request).file("file").splitlines()]
    if cells and cells[0].casefold() in _HEADINGS:
        del cells[0]
    good = [cell for cell in cells if forms.is_address(cell)]
    for email in good:
        take(call, email)
    empty, bad = cells.count(""), len(cells) - len(good)
    rejected = [[cell] for cell in cells if not forms.is_address(cell)]
    number = call.world.mint.hexadecimal("rejected", 8)
    name = f"bad_optout_records_{call.account}_{number}.csv"
    return as_json(
        200,
        {
            "status": "success",
            "message": f"{bad} invalid or empty records rejected. "
            f"{len(good)} valid records processed.",
            "emptyRecords": empty,
            "rejectedRecords": bad - empty,
            "rejectedRecordsUrl": keep_rejected(call, name, rejected) if bad else "",
        },
    )


def _add(call: Call, email: str) -> None:
    origin = f"User: {call.own.user} via Act-On API"
    _, new = call.consent.suppress("optout", email, call.now, origin)
    if new:
        call.record("optout.added", {"email": email}, {"origin": origin})


def _remove(call: Call, email: str) -> None:
    if call.consent.release("optout", email):
        call.record("optout.removed", {"email": email}, {})


ROUTES = (
    *(Route("GET", f"/api/1/list/{kind}", partial(listing, kind)) for kind in KINDS),
    Route("PUT", "/api/1/list/optout", add_optouts),
    Route("PUT", "/api/1/list/optin", remove_optouts),
)
