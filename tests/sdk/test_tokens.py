"""HighLevel's own client with the tokens of an app: what it does with them, and what it cannot."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests.sdk.conftest import Make
from tests.simulator.conftest import Rig

pytestmark = pytest.mark.filterwarnings(
    "ignore:Use 'content=<...>':DeprecationWarning"  # what httpx says to how it sends forms
)
highlevel = pytest.importorskip("highlevel", reason="`uv sync --group sdk` brings it")


async def _installed(client: Make, rig: Rig, **asked: Any) -> Any:
    """A client that holds the tokens of an installation."""
    made = await rig.credentials("highlevel", **asked)
    sdk = client(client_id=made["client_id"], client_secret=made["client_secret"])
    whose = made.get("location_id") or made["company_id"]
    tokens = {name: made[name] for name in ("access_token", "refresh_token", "expires_in")}
    kind = {"userType": asked.get("user_type", "Location"), "companyId": made["company_id"]}
    await sdk.get_session_storage().set_session(whose, {**tokens, **kind})
    return sdk


async def test_an_expired_token_is_refreshed_in_the_words_of_version_three(
    client: Make, rig: Rig
) -> None:
    sdk = await _installed(client, rig, access_expired=True)

    found = await sdk.conversations.search_conversation(rig.location)

    assert found["conversations"] == []
    assert len(rig.effects("token.rotated")) == 1


async def test_an_agency_exchanges_its_token_and_lists_its_locations(
    client: Make, rig: Rig
) -> None:
    sdk = await _installed(client, rig, user_type="Company")
    company = rig.world.highlevel.company_id

    whose = {"companyId": company, "locationId": rig.location}
    made = await sdk.oauth.get_location_access_token(whose)
    listed = await sdk.oauth.get_installed_location(company, sdk.get_client_id().split("-")[0])

    assert made["accessToken"]
    assert [one["_id"] for one in listed["items"]] == [rig.location]
    assert listed["items"][0]["isInstalled"] is True


NAMELESS: dict[str, Callable[[Any, Any], Awaitable[Any]]] = {
    "contacts.get_contact": lambda sdk, more: sdk.contacts.get_contact("x", **more),
    "contacts.add_tags": lambda sdk, more: sdk.contacts.add_tags("x", {"tags": ["vip"]}, **more),
    "conversations.get_conversation": lambda sdk, more: sdk.conversations.get_conversation(
        "x", **more
    ),
    "conversations.send_a_new_message": lambda sdk, more: sdk.conversations.send_a_new_message(
        {"type": "SMS", "contactId": "x", "message": "Hello"}, **more
    ),
}
"""Calls that name no location in query or body, as most do not: it finds no token for them."""


@pytest.mark.parametrize("call", NAMELESS.values(), ids=NAMELESS)
async def test_it_finds_no_token_for_what_names_no_location_but_by_a_header_of_ones_own(
    client: Make, rig: Rig, call: Callable[[Any, Any], Awaitable[Any]]
) -> None:
    sdk = await _installed(client, rig)
    arrived = rig.world.calls.counts()["highlevel"]["calls"]

    with pytest.raises(highlevel.GHLError, match="token required but not available"):
        await call(sdk, {})
    assert rig.world.calls.counts()["highlevel"]["calls"] == arrived
    with pytest.raises(highlevel.GHLError, match="not found"):  # asked for, and there is no x
        await call(sdk, {"options": {"headers": {"locationId": rig.location}}})


async def test_its_own_exchange_asks_by_names_that_nobody_knows(client: Make, rig: Rig) -> None:
    """Where a location's tokens are of no use any more, it asks with those of the agency."""
    sdk = await _installed(client, rig, user_type="Company")
    company = rig.world.highlevel.company_id
    tokens = {"access_token": "ended", "refresh_token": "ended", "expires_in": 0}
    whose = {"userType": "Location", "companyId": company}
    await sdk.get_session_storage().set_session(rig.location, {**tokens, **whose})

    with pytest.raises(highlevel.GHLError):
        await sdk.conversations.search_conversation(rig.location)

    asked = [one for one in rig.world.calls.entries if one["path"] == "/oauth/location-token"]
    assert {one["status"] for one in asked} == {422}
    with pytest.raises(highlevel.GHLError, match="companyId should not be empty"):
        await sdk.oauth.get_location_access_token(
            {"company_id": company, "location_id": rig.location}
        )


async def test_after_a_refresh_it_goes_on_with_the_old_tokens(client: Make, rig: Rig) -> None:
    """The new ones are kept under other names than those it reads."""
    sdk = await _installed(client, rig, access_expired=True)
    store = sdk.get_session_storage()
    before = await store.get_session(rig.location)

    await sdk.conversations.search_conversation(rig.location)
    after = await store.get_session(rig.location)

    assert after["accessToken"] != before["access_token"]
    assert after["access_token"] == before["access_token"]
    assert after["refresh_token"] == before["refresh_token"]
    assert after["expire_at"] >= before["expire_at"]
