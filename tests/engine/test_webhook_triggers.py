"""Every webhook that HighLevel documents, from the simulator over the receiver to its event."""

from pathlib import Path
from typing import Any

import pytest

from dragoman.kernel import jsons
from dragoman.kernel.clock import millis
from dragoman.simulator.webhooks import samples
from tests.catalog.shipped import CATALOGUE, RECEIVED
from tests.engine.rig import HOOKS, Rig, play

BO = "contact/ExampleContact0000001"
MADE = {
    "InboundMessage": ("message.received", BO, ["messageId"]),
    "OutboundMessage": ("message.sent", BO, ["messageId"]),
    "ConversationUnreadUpdate": ("conversation.unread_changed", BO, ["id", "webhookId"]),
    "ConversationUnreadWebhook": ("conversation.unread_changed", BO, ["id", "webhookId"]),
    "ProviderOutboundMessage": ("provider_message.requested", BO, ["messageId"]),
    "ContactCreate": ("contact.created", BO, ["id"]),
    "ContactUpdate": ("contact.updated", BO, ["id", "webhookId"]),
    "ContactDelete": ("contact.deleted", BO, ["id"]),
    "ContactTagUpdate": ("contact.tags_changed", BO, ["id", "webhookId"]),
    "ContactDndUpdate": ("contact.dnd_changed", BO, ["id", "webhookId"]),
    "NoteCreate": ("note.created", BO, ["id"]),
    "NoteUpdate": ("note.updated", BO, ["id", "webhookId"]),
    "NoteDelete": ("note.deleted", BO, ["id"]),
    "TaskCreate": ("task.created", BO, ["id"]),
    "TaskComplete": ("task.completed", BO, ["id", "webhookId"]),
    "TaskDelete": ("task.deleted", BO, ["id"]),
    "AppointmentCreate": ("appointment.created", BO, ["appointment.id"]),
    "AppointmentUpdate": ("appointment.updated", BO, ["appointment.id", "webhookId"]),
    "AppointmentDelete": ("appointment.deleted", BO, ["appointment.id"]),
    "OpportunityCreate": ("opportunity.created", BO, ["id"]),
    "OpportunityUpdate": ("opportunity.updated", BO, ["id", "webhookId"]),
    "OpportunityDelete": ("opportunity.deleted", BO, ["id"]),
    "OpportunityStageUpdate": ("opportunity.stage_changed", BO, ["id", "webhookId"]),
    "OpportunityStatusUpdate": ("opportunity.status_changed", BO, ["id", "webhookId"]),
    "OpportunityMonetaryValueUpdate": ("opportunity.value_changed", BO, ["id", "webhookId"]),
    "OpportunityAssignedToUpdate": ("opportunity.assignee_changed", BO, ["id", "webhookId"]),
    "CampaignStatusUpdate": ("campaign.status_changed", BO, ["id", "contactId", "webhookId"]),
    "LCEmailStats": ("email.reported", "address/bo@example.com", ["webhookPayload.id"]),
    "LocationCreate": ("location.created", "location/ExampleLocation00001", ["id"]),
    "LocationUpdate": ("location.updated", "location/ExampleLocation00001", ["id", "webhookId"]),
    "UserCreate": ("user.created", "user/ExampleUser0000000001", ["id"]),
    "UserUpdate": ("user.updated", "user/ExampleUser0000000001", ["id", "webhookId"]),
    "UserDelete": ("user.deleted", "user/ExampleUser0000000001", ["id"]),
    "INSTALL": ("app.installed", "location/{locationId}", ["webhookId"]),
    "UNINSTALL": ("app.uninstalled", "location/{locationId}", ["webhookId"]),
    "PLAN_CHANGE": ("app.plan_changed", "location/{locationId}", ["webhookId"]),
    "InvoiceCreate": ("invoice.created", BO, ["_id"]),
    "InvoiceUpdate": ("invoice.updated", BO, ["_id", "webhookId"]),
    "InvoiceDelete": ("invoice.deleted", BO, ["_id"]),
    "InvoiceSent": ("invoice.sent", BO, ["_id", "webhookId"]),
    "InvoicePaid": ("invoice.paid", BO, ["_id", "webhookId"]),
    "InvoicePartiallyPaid": ("invoice.partially_paid", BO, ["_id", "webhookId"]),
    "InvoiceVoid": ("invoice.voided", BO, ["_id"]),
    "OrderCreate": ("order.created", BO, ["_id"]),
    "OrderStatusUpdate": ("order.status_changed", BO, ["_id", "webhookId"]),
    "ProductCreate": ("product.created", "product/ExampleProduct0000001", ["_id"]),
    "ProductUpdate": ("product.updated", "product/ExampleProduct0000001", ["_id", "webhookId"]),
    "ProductDelete": ("product.deleted", "product/ExampleProduct0000001", ["_id"]),
    "PriceCreate": ("price.created", "price/ExamplePrice000000001", ["_id"]),
    "PriceUpdate": ("price.updated", "price/ExamplePrice000000001", ["_id", "webhookId"]),
    "PriceDelete": ("price.deleted", "price/ExamplePrice000000001", ["_id"]),
    "RecordCreate": ("record.created", "record/ExampleRecord00000001", ["id"]),
    "RecordUpdate": ("record.updated", "record/ExampleRecord00000001", ["id", "webhookId"]),
    "RecordDelete": ("record.deleted", "record/ExampleRecord00000001", ["id"]),
    "ObjectSchemaCreate": ("object.created", "object/ExampleObject00000001", ["id"]),
    "ObjectSchemaUpdate": ("object.updated", "object/ExampleObject00000001", ["id", "webhookId"]),
    "AssociationCreate": ("association.created", "association/ExampleAssociation001", ["id"]),
    "AssociationUpdate": (
        "association.updated",
        "association/ExampleAssociation001",
        ["id", "webhookId"],
    ),
    "AssociationDelete": ("association.deleted", "association/ExampleAssociation001", ["id"]),
    "RelationCreate": ("relation.created", "relation/ExampleRelation000001", ["id"]),
    "RelationDelete": ("relation.deleted", "relation/ExampleRelation000001", ["id"]),
}
"""By type: the trigger, the event's subject, and the fields of the body that are its key."""
UNTYPED = [
    one for one in MADE if one.startswith(("Invoice", "Product", "Price", "Record", "Assoc"))
]
"""Those whose samples say no type: of a price the `type` that it has of its own."""


def at(body: dict[str, Any], path: str) -> Any:
    value: Any = body
    for name in path.split("."):
        value = value[name]
    return value


async def emitted(rig: Rig, kind: str, **fields: Any) -> dict[str, Any]:
    """Let the simulator send one; the body as it was signed."""
    asked = {"type": kind, "fields": fields}
    said = await rig.control("POST", "/control/webhooks/emit", asked)
    body: dict[str, Any] = jsons.decode(said["delivery"]["body"].encode())
    return body


def test_every_trigger_that_comes_by_webhook_is_tried_here() -> None:
    tried = {f"highlevel.{trigger}" for trigger, _, _ in MADE.values()}

    # A comment and a call come as messages, and are told apart by their kind.
    by_kind = {"highlevel.message.commented", "highlevel.call.completed"}
    assert tried | by_kind == {one.id for one in RECEIVED}
    assert set(MADE) == set(samples.every())


@pytest.mark.parametrize("kind", MADE)
def test_a_webhook_of_each_type_becomes_its_event_once(kind: str, tmp_path: Path) -> None:
    trigger, subject, key = MADE[kind]

    async def story(rig: Rig) -> None:
        await rig.prepare(arm=False)
        await rig.subscribe()
        async with rig.serving():
            body = await emitted(rig, kind)
            resent = {"webhook_id": rig.world.webhooks.deliveries.since(0)[-1].webhook_id}
            await rig.control("POST", "/control/webhooks/resend", resent)
            await rig.clock.sleep(5)

        (event,) = await rig.events()
        entry = CATALOGUE.trigger(event.type)
        assert rig.doorstep.answers == [200, 200]
        assert event.type == f"highlevel.{trigger}"
        assert event.subject == subject.format(**body)
        assert [event.data[name] for name in entry.key] == [at(body, path) for path in key]
        assert event.time == event.data[entry.time] > 0
        assert entry.shape.missing(event.data) is None
        told = {**body, **body.get("appointment", {})}
        for name, field in entry.data.items():
            (column, *others) = field.columns
            if others or column not in told or field.shape.kind == "any":
                continue
            expected = told[column]
            dated = field.shape.kind == "integer" and isinstance(expected, str)
            assert event.data[name] == (millis(expected) if dated else expected), name

    play(tmp_path, story)


@pytest.mark.parametrize("kind", UNTYPED)
def test_what_does_not_say_its_type_is_told_by_its_address(kind: str, tmp_path: Path) -> None:
    own = {"type": "one_time"} if kind.startswith("Price") else {"type": None}

    async def story(rig: Rig) -> None:
        await rig.prepare(arm=False)
        await rig.control("POST", "/control/webhooks", {"url": f"{HOOKS}/{kind}"})
        async with rig.serving():
            await emitted(rig, kind, **own)
            await rig.clock.sleep(5)

        assert [one.type for one in await rig.events()] == [f"highlevel.{MADE[kind][0]}"]

    play(tmp_path, story)


def test_what_says_its_type_is_that_wherever_it_comes(tmp_path: Path) -> None:
    """Nobody has signed the address: it must not make a payment of a draft."""

    async def story(rig: Rig) -> None:
        await rig.prepare(arm=False)
        await rig.control("POST", "/control/webhooks", {"url": f"{HOOKS}/InvoicePaid"})
        async with rig.serving():
            await emitted(rig, "InvoiceCreate")
            await rig.clock.sleep(5)

        assert [one.type for one in await rig.events()] == ["highlevel.invoice.created"]

    play(tmp_path, story)


def test_without_a_type_and_an_address_for_it_it_is_put_aside(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare(arm=False)
        await rig.subscribe()
        async with rig.serving():
            await emitted(rig, "InvoicePaid", type=None)
            await rig.clock.sleep(5)

        assert await rig.events() == []
        (row,) = await rig.rows("deliveries.list", state="", limit=10)
        assert "it says no type" in str(row)

    play(tmp_path, story)


def test_an_address_for_a_type_that_nobody_knows_is_none(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare(arm=False)
        await rig.control("POST", "/control/webhooks", {"url": f"{HOOKS}/Sneeze"})
        async with rig.serving():
            await emitted(rig, "NoteCreate")
            await rig.clock.sleep(1)

        assert set(rig.doorstep.answers) == {404}

    play(tmp_path, story)


def test_a_task_of_nobodys_is_about_itself_and_one_without_a_date_is_of_now(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare(arm=False)
        await rig.subscribe()
        async with rig.serving():
            dateless = {"contactId": None, "dateAdded": None, "timestamp": None}
            await emitted(rig, "TaskCreate", **dateless)
            await rig.clock.sleep(5)

        (event,) = await rig.events()
        assert event.subject == "task/ExampleTask0000000001"
        assert event.time == event.received_at

    play(tmp_path, story)


def test_each_change_is_an_event_and_the_same_one_sent_anew_is_none(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare(arm=False)
        await rig.subscribe()
        async with rig.serving():
            for _ in range(2):
                await emitted(rig, "ContactUpdate", city="Berkeley")
            for _ in range(2):
                await emitted(rig, "ContactCreate")
            await rig.clock.sleep(5)

        kinds = [one.type for one in await rig.events()]
        assert kinds.count("highlevel.contact.updated") == 2
        assert kinds.count("highlevel.contact.created") == 1

    play(tmp_path, story)
