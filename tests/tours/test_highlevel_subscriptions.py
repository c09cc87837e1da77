"""Kinds of e-mail, and who has unsubscribed from them."""

from pathlib import Path

import pytest

from tests.tours.travel import Tour, travel


def test_a_contact_unsubscribes_from_one_kind_of_e_mail(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        made = await tour.call("highlevel.contacts.create", email="bo@example.com")
        bo = {"contactId": made["contact"]["id"], "email": "bo@example.com"}
        kind = await tour.call(
            "highlevel.conversation_subtypes.create", name="News", channel="email", language="en"
        )
        subtype = kind["subtype"]["id"]
        leave = {"type": "custom", "subtype_id": subtype, "subtype_status": "unsubscribed"}

        await tour.call(
            "highlevel.conversation_subscriptions.change", **bo, subscription_action=leave
        )
        said = await tour.call("highlevel.conversation_subscriptions.get", **bo)

        assert [one["subtype_status"] for one in said["subscriptions"]] == [
            "subscribed",
            "unsubscribed",
        ]
        mail = {"type": "Email", "contactId": bo["contactId"], "html": "News"}
        await tour.call("highlevel.messages.send", **mail)
        with pytest.raises(AssertionError, match=r"highlevel\.messages\.send"):
            await tour.call("highlevel.messages.send", **mail, customSubtypeId=subtype)
        assert len(tour.rig.effects("message.sent")) == 1

        await tour.call("highlevel.conversation_subtypes.update", id=subtype, archived=True)
        (listed,) = (await tour.call("highlevel.conversation_subtypes.list"))["subtypes"]
        assert (listed["name"], listed["archived"]) == ("News", True)

    travel(tmp_path, story)
