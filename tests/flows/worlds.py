"""A small catalogue, an event and a way to read flows, for all tests of this folder."""

from typing import Any

from dragoman.catalog.entries import Effect, Field, Operation, Parameter, Trigger
from dragoman.catalog.shapes import ANY, Shape
from dragoman.flows.expressions import Expression
from dragoman.flows.filters import foreign, shipped
from dragoman.flows.flow import Flow
from dragoman.flows.moves import Recorded, View
from dragoman.flows.reading import read
from dragoman.flows.scopes import Scope, event_shape
from dragoman.flows.world import World

TEXT = Shape("string")
CONTACT = Shape("object", {"contact": Shape("object", {"id": TEXT, "tags": Shape("array")})})
_REQUIRED = {"contactId", "message"}


def operation(name: str, output: Shape = ANY, **schemas: Any) -> Operation:
    vendor, group, _ = name.split(".")
    return Operation(
        id=name,
        vendor=vendor,
        group=group,
        title=name,
        does=name,
        effect=Effect.CREATE,
        input={
            key: Parameter(key, key, "body", schema, required=key in _REQUIRED)
            for key, schema in schemas.items()
        },
        output=output,
    )


def may_receive(contact: Any, channel: str) -> bool:
    return bool(contact) and channel == "SMS"


STRING = {"type": "string"}
OPERATIONS = [
    operation(
        "highlevel.contacts.upsert",
        CONTACT,
        email=STRING,
        phone=STRING,
        firstName=STRING,
        tags={"type": "array", "items": STRING},
        dnd={"type": "boolean"},
    ),
    operation("highlevel.conversations.ensure", contactId=STRING),
    operation(
        "highlevel.messages.send",
        type={"enum": ["SMS", "Email"]},
        contactId=STRING,
        message=STRING,
    ),
    operation("acton.records.update", record={"type": "object"}),
    operation("dragoman.sentiment.call", text=STRING),
]
TOKEN = Operation(
    id="highlevel.oauth.token",
    vendor="highlevel",
    group="oauth",
    title="t",
    does="d",
    effect=Effect.CREATE,
    callable=False,
    reason="Dragoman keeps tokens itself",
)
FIELDS = ("list_id", "email", "phone", "first_name", "time_zone", "opted_out")
TRIGGER = Trigger(
    id="acton.contact.added",
    vendor="acton",
    title="t",
    does="d",
    settings={
        "list": Parameter("list", "list", "query", {"type": "string"}, required=True),
        "every": Parameter("every", "every", "query", {"type": "integer"}, default=60),
    },
    match={"list": "list_id"},
    key=("email",),
    subject="email",
    time="added",
    data={name: Field(TEXT) for name in FIELDS},
)
WORLD = World(
    operations={one.id: one for one in (*OPERATIONS, TOKEN)},
    triggers={TRIGGER.id: TRIGGER},
    filters={"may_receive": may_receive},
    env={"support_phone": "+14155550100"},
)

HEAD = "flow: test\non: acton.contact.added\nwith: {list: l-1}\n"


def flow(steps: str, world: World = WORLD, head: str = HEAD) -> Flow:
    return read(f"{head}steps:\n{steps}", "flows/test.yaml", world)


def view(steps: dict[str, Recorded] | None = None, **data: Any) -> View:
    event = {
        "id": "e-1",
        "type": "acton.contact.added",
        "time": "2026-03-02T12:00:00.000Z",
        "data": {"list_id": "l-1", **data},
    }
    return View(event, steps or {}, {"location_id": "loc-1"}, {"support_phone": "+14155550100"})


def scope(**steps: Shape) -> Scope:
    """An open event, so that any data may be tried."""
    filters = {**shipped(), "may_receive": foreign("may_receive", may_receive)}
    return Scope(
        event_shape(None),
        frozenset({"support_phone"}),
        {"name": "f", "version": "v"},
        filters,
        steps,
    )


def compute(text: str, **data: Any) -> Any:
    return Expression(text, scope()).value(view(**data))
