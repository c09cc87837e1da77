"""A person at Act-On's screens: lists, and contacts added to and taken from them."""

from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from dragoman.kernel.jsons import Json
from dragoman.simulator.acton.state import DEFAULT_HEADINGS, MarketingList, Record
from dragoman.simulator.control.bodies import Body, Handler, Wrong, answer, read
from dragoman.simulator.world import World


class NewList(Body):
    name: str
    headings: tuple[str, ...] = DEFAULT_HEADINGS
    account_id: str = ""


class NewContact(Body):
    email: str = ""
    first_name: str = ""
    last_name: str = ""
    phone: str = ""
    time_zone: str = ""
    opted_out: str = ""
    fields: dict[str, str] = msgspec.field(default_factory=dict)
    """Values by heading, for columns without a name of their own here."""
    created: int | None = None
    """Milliseconds; left out, it is now."""


class NewContacts(NewContact):
    contacts: list[NewContact] = msgspec.field(default_factory=list)


_HEADINGS = {
    "email": "EMAIL",
    "first_name": "FIRSTNAME",
    "last_name": "LASTNAME",
    "phone": "CELL_PHONE",
    "time_zone": "Time Zone",
    "opted_out": "Opted Out",
}


async def add_list(world: World, request: Request) -> Response:
    asked = await read(request, NewList)
    if not asked.headings:
        raise Wrong("a list needs headings")
    account = world.acton.account(asked.account_id or world.acton.default_account.id)
    made = world.acton.add_list(account.id, asked.name, asked.headings)
    return answer({"list_id": made.id}, 201)


async def lists(world: World, _: Request) -> Response:
    shown = [
        {"id": one.id, "name": one.name, "headings": one.headings, "size": len(one.records)}
        for one in world.acton.lists.values()
    ]
    return answer({"lists": shown})


async def add_contacts(world: World, request: Request) -> Response:
    asked = await read(request, NewContacts)
    one = find_list(world, request.path_params["list_id"])
    ids = [add_contact(world, one, contact).id for contact in asked.contacts or [asked]]
    return answer({"record_ids": ids}, 201)


async def contacts(world: World, request: Request) -> Response:
    one = find_list(world, request.path_params["list_id"])
    shown = [show(one, record) for record in one.records.values()]
    return answer({"list_id": one.id, "headings": one.headings, "contacts": shown})


async def delete_contact(world: World, request: Request) -> Response:
    one = find_list(world, request.path_params["list_id"])
    if one.delete(request.path_params["record_id"], world.clock.now()) is None:
        raise Wrong("no such record", 404)
    return answer({"deleted": request.path_params["record_id"]})


def add_contact(world: World, one: MarketingList, contact: NewContact) -> Record:
    """Put a contact on the list as a person would: no look at duplicates.

    Raises:
        Wrong: a value has no column in this list.
    """
    values: dict[str, str] = {}
    for name, column in _HEADINGS.items():
        if getattr(contact, name):
            values[_column(one, column)] = getattr(contact, name)
    for key, value in contact.fields.items():
        values[_column(one, key)] = value
    if not values:
        raise Wrong("the contact is empty")
    at = world.clock.now() if contact.created is None else contact.created
    return one.insert(values, at)


def find_list(world: World, list_id: str) -> MarketingList:
    found = world.acton.lists.get(list_id)
    if found is None:
        raise Wrong(f"no list {list_id}", 404)
    return found


def show(one: MarketingList, record: Record) -> dict[str, Json]:
    """A record as the control server shows it."""
    named: dict[str, Any] = {
        name: record.values.get(one.heading(column) or "", "") for name, column in _HEADINGS.items()
    }
    dates = {"created": record.created, "modified": record.modified}
    return {"record_id": record.id, **named, "fields": record.values, **dates}


def _column(one: MarketingList, key: str) -> str:
    heading = one.heading(key)
    if heading is None:
        raise Wrong(f"the list has no column {key}")
    return heading


ROUTES: dict[tuple[str, str], Handler] = {
    ("GET", "/control/acton/lists"): lists,
    ("POST", "/control/acton/lists"): add_list,
    ("GET", "/control/acton/lists/{list_id}/contacts"): contacts,
    ("POST", "/control/acton/lists/{list_id}/contacts"): add_contacts,
    ("DELETE", "/control/acton/lists/{list_id}/contacts/{record_id}"): delete_contact,
}
