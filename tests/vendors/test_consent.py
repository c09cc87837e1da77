"""Whether a contact may be sent to; what cannot be read is never taken as allowed."""

from typing import Any

import pytest

from dragoman.vendors.highlevel import consent
from tests.catalog.shipped import CATALOGUE, example

CHANNELS = {
    "SMS": "SMS",
    "RCS": "SMS",
    "Email": "Email",
    "WhatsApp": "WhatsApp",
    "FB": "FB",
    "IG": "FB",
    "GMB": "GMB",
    "Call": "Call",
}
"""From a kind of message to the setting that rules it."""
WITHOUT = ["Custom", "Live_Chat", "TIKTOK"]


def why_not(contact: Any, channel: str = "SMS") -> str | None:
    return consent.why_not({"contact": contact}, channel)


def test_every_kind_of_message_that_can_be_sent_is_known_here() -> None:
    kinds = CATALOGUE.operation("highlevel.messages.send").input["type"].schema["enum"]

    assert set(kinds) <= {*CHANNELS, *WITHOUT}


@pytest.mark.parametrize("channel", [*CHANNELS, *WITHOUT])
def test_global_do_not_disturb_blocks_every_channel(channel: str) -> None:
    assert why_not({"dnd": True}, channel) == "do-not-disturb is on for all channels"


@pytest.mark.parametrize("channel", [*CHANNELS, *WITHOUT])
@pytest.mark.parametrize(
    "contact", [{}, {"dnd": False}, {"dndSettings": {}}, {"dndSettings": None}]
)
def test_where_nothing_was_ever_set_sending_is_allowed(contact: Any, channel: str) -> None:
    assert why_not(contact, channel) is None
    assert consent.may_receive(contact, channel)


@pytest.mark.parametrize(("channel", "setting"), CHANNELS.items())
@pytest.mark.parametrize("status", ["active", "permanent", "Active", "PERMANENT"])
@pytest.mark.parametrize("case", [str, str.lower, str.upper])
def test_active_and_permanent_block_the_channel(
    channel: str, setting: str, status: str, case: Any
) -> None:
    name = case(setting)
    contact = {"dnd": False, "dndSettings": {name: {"status": status}}}

    assert why_not(contact, channel) == f"do-not-disturb is {status.lower()} for {name}"
    assert not consent.may_receive(contact, channel)
    assert why_not(contact, channel.lower()) is not None


def test_highlevels_newest_version_writes_whatsapp_in_its_own_way() -> None:
    assert why_not({"dndSettings": {"whatsApp": {"status": "active"}}}, "WhatsApp") is not None


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("status", ["inactive", "Inactive", "", None])
def test_inactive_allows(channel: str, status: str | None) -> None:
    settings = {name: {"status": status} for name in CHANNELS.values()}

    assert why_not({"dndSettings": settings}, channel) is None


@pytest.mark.parametrize(("channel", "setting"), CHANNELS.items())
def test_another_channels_setting_does_not_matter(channel: str, setting: str) -> None:
    others = {name: {"status": "active"} for name in CHANNELS.values() if name != setting}

    assert why_not({"dndSettings": others}, channel) is None


@pytest.mark.parametrize("channel", WITHOUT)
def test_a_channel_without_a_setting_is_ruled_by_the_global_one_alone(channel: str) -> None:
    everything = {name: {"status": "permanent"} for name in CHANNELS.values()}

    assert why_not({"dndSettings": everything}, channel) is None


@pytest.mark.parametrize("answer", [{}, {"contact": None}, {"contact": []}, {"contact": "c-1"}])
def test_of_an_unknown_contact_nothing_is_allowed(answer: Any) -> None:
    assert consent.why_not(answer, "SMS") == "nothing is known of the contact's consent"


@pytest.mark.parametrize("contact", [None, "c-1", [], 3])
def test_a_filter_on_something_else_than_a_contact_says_no(contact: Any) -> None:
    assert not consent.may_receive(contact, "SMS")


@pytest.mark.parametrize(
    "settings",
    [
        "active",
        ["SMS"],
        {"SMS": ["active"]},
        {"SMS": True},
        {"SMS": {"status": "blocked"}},
        {"SMS": {"status": True}},
        {"SMS": {"status": ["active"]}},
        {"SMS": "permanent"},
    ],
    ids=repr,
)
def test_a_setting_that_cannot_be_read_is_not_taken_as_allowed(settings: Any) -> None:
    assert why_not({"dndSettings": settings}) is not None


def test_a_setting_written_twice_blocks_where_either_does() -> None:
    settings = {"sms": {"status": "inactive"}, "SMS": {"status": "active"}}

    assert why_not({"dndSettings": settings}) == "do-not-disturb is active for SMS"


def test_the_recorded_contact_may_get_an_sms_and_no_email() -> None:
    recorded = example(CATALOGUE.operation("highlevel.contacts.get"))["output"]

    assert consent.why_not(recorded, "SMS") is None
    assert consent.why_not(recorded, "Email") == "do-not-disturb is active for Email"
