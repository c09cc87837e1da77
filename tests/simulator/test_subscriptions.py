"""Kinds of e-mail that people can unsubscribe from, and what is then not sent."""

from typing import Any

import pytest

from tests.simulator.conftest import Door, Rig

HERE = "/conversations/preferences"
NEWS = {"name": "News", "channel": "email", "language": "en"}


async def opened(rig: Rig) -> tuple[Door, str, str, str]:
    """A client, the query of its location, a contact, a kind of e-mail."""
    highlevel = await rig.highlevel()
    contact = await rig.contact(highlevel, email="bo@example.com")
    query = f"?locationId={rig.location}"
    made = await highlevel.post(f"{HERE}/custom-subtypes{query}", NEWS)
    assert made.status == 201
    return highlevel, query, contact, made.body["id"]


async def change(highlevel: Door, rig: Rig, contact: str, **action: Any) -> Any:
    more = {"legal_reason": action.pop("legal_reason")} if "legal_reason" in action else {}
    told = {"locationId": rig.location, "contactId": contact, "email": "bo@example.com", **more}
    return await highlevel.post(
        f"{HERE}/unsubscriptions/user-change", {**told, "subscription_action": action}
    )


async def test_the_life_of_a_kind(rig: Rig) -> None:
    highlevel, query, _, kind = await opened(rig)

    changed = await highlevel.put(
        f"{HERE}/custom-subtypes/{kind}{query}", {"archived": True, "name": "Old news"}
    )
    listed = await highlevel.get(f"{HERE}/custom-subtypes{query}")

    assert (changed.body["name"], changed.body["archived"]) == ("Old news", True)
    assert [one["id"] for one in listed.body["subtypes"]] == [kind]


async def test_who_has_unsubscribed_is_not_sent_to(rig: Rig) -> None:
    highlevel, query, contact, kind = await opened(rig)
    mail = {"type": "Email", "contactId": contact, "html": "x", "customSubtypeId": kind}

    gone = await change(
        highlevel, rig, contact, type="custom", subtype_id=kind, subtype_status="unsubscribed"
    )
    refused = await highlevel.post("/conversations/messages", mail)
    status = await highlevel.get(f"{HERE}/unsubscriptions/status{query}&contactId={contact}")

    assert gone.status == 201
    assert refused.status == 400
    assert refused.body["message"] == "Cannot send email as bo@example.com has unsubscribed"
    assert [one["subtype_status"] for one in status.body["subscriptions"]] == [
        "subscribed",
        "unsubscribed",
    ]


async def test_subscribing_again_needs_a_reason(rig: Rig) -> None:
    highlevel, _, contact, _ = await opened(rig)
    leave = {"type": "default", "subtype_name": "One on One"}
    await change(highlevel, rig, contact, **leave, subtype_status="unsubscribed")

    without = await change(highlevel, rig, contact, type="resub_all", subtype_status="subscribed")
    back = await change(
        highlevel, rig, contact, type="resub_all", subtype_status="subscribed", legal_reason="asked"
    )

    assert without.status == 400
    assert {one["subtype_status"] for one in back.body["subscriptions"]} == {"subscribed"}


@pytest.mark.parametrize(
    "action",
    [
        {"type": "custom", "subtype_id": "x", "subtype_status": "unsubscribed"},
        {"type": "default", "subtype_status": "unsubscribed"},
        {"type": "resub_all", "subtype_status": "unsubscribed"},
        {"type": "custom"},
    ],
)
async def test_an_action_that_means_nothing_is_refused(rig: Rig, action: dict[str, Any]) -> None:
    highlevel, _, contact, _ = await opened(rig)

    assert (await change(highlevel, rig, contact, **action)).status in {400, 422}


async def test_what_does_not_fit_is_refused(rig: Rig) -> None:
    highlevel, query, _, _ = await opened(rig)
    path = f"{HERE}/custom-subtypes{query}"

    assert (await highlevel.post(path, {**NEWS, "name": "x" * 101})).status == 422
    assert (await highlevel.post(path, {**NEWS, "channel": "fax"})).status == 422
    assert (await highlevel.post(f"{HERE}/custom-subtypes", NEWS)).status == 403
    assert (await highlevel.put(f"{HERE}/custom-subtypes/x{query}", {"name": "y"})).status == 400
