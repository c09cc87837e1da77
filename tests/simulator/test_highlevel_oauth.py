"""HighLevel's single-use refresh tokens, with their grace and without."""

from typing import Any

import pytest

from tests.simulator.conftest import Door, Reply, Rig


async def _refresh(rig: Rig, made: dict[str, Any], **changed: str) -> Reply:
    form = {
        "grant_type": "refresh_token",
        "client_id": made["client_id"],
        "client_secret": made["client_secret"],
        "refresh_token": made["refresh_token"],
    }
    door = Door(rig.http, rig.addresses.highlevel)
    return await door.call("POST", "/oauth/token", form=form | changed)


async def test_a_refresh_gives_a_new_pair_for_a_day(rig: Rig) -> None:
    made = await rig.credentials("highlevel")

    reply = await _refresh(rig, made)

    assert reply.status == 200
    assert reply.body["refresh_token"] != made["refresh_token"]
    assert reply.body["access_token"] != made["access_token"]
    assert reply.body["expires_in"] == 86_399
    assert reply.body["locationId"] == made["location_id"] == rig.location
    assert (reply.body["userType"], reply.body["token_type"]) == ("Location", "Bearer")


async def test_the_token_call_takes_json_and_needs_no_version(rig: Rig) -> None:
    made = await rig.credentials("highlevel")
    door = Door(rig.http, rig.addresses.highlevel)

    names = ("client_id", "client_secret", "refresh_token")
    body = {"grant_type": "refresh_token"} | {name: made[name] for name in names}
    reply = await door.post("/oauth/token", body)

    assert reply.status == 200


async def test_within_the_grace_the_same_refresh_gives_the_same_tokens(rig: Rig) -> None:
    made = await rig.credentials("highlevel")

    first = await _refresh(rig, made)
    rig.clock.advance(29)
    second = await _refresh(rig, made)
    rig.clock.advance(1)
    third = await _refresh(rig, made)

    assert second.body["refresh_token"] == first.body["refresh_token"]
    assert second.body["access_token"] == first.body["access_token"]
    assert (third.status, third.body["error"]) == (400, "invalid_grant")
    assert len(rig.effects("token.rotated")) == 1


async def test_strict_refresh_shows_the_race_that_the_grace_hides(rig: Rig) -> None:
    rig.world.settings = rig.world.settings.changed({"strict_refresh": True})
    made = await rig.credentials("highlevel")

    statuses = [(await _refresh(rig, made)).status for _ in range(2)]

    assert statuses == [200, 400]


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"refresh_token": "unknown"}, 400),
        ({"client_secret": "wrong"}, 401),
        ({"client_id": ""}, 422),
        ({"grant_type": "client_credentials"}, 400),
    ],
)
async def test_a_refresh_that_does_not_fit_is_refused(
    rig: Rig, changed: dict[str, str], status: int
) -> None:
    made = await rig.credentials("highlevel")

    reply = await _refresh(rig, made, **changed)

    assert reply.status == status


async def test_another_clients_refresh_token_is_refused(rig: Rig) -> None:
    mine, other = await rig.credentials("highlevel"), await rig.credentials("highlevel")

    reply = await _refresh(rig, mine, refresh_token=other["refresh_token"])

    assert reply.status == 400


async def test_a_location_that_is_off_cannot_refresh(rig: Rig) -> None:
    made = await rig.credentials("highlevel")
    await rig.control.post(f"/control/highlevel/locations/{rig.location}", {"active": False})

    reply = await _refresh(rig, made)

    assert (reply.status, reply.body["message"]) == (400, "Location is not active")


async def test_a_refresh_token_ends_after_a_year(rig: Rig) -> None:
    made = await rig.credentials("highlevel")
    rig.clock.advance(365 * 24 * 3600)

    assert (await _refresh(rig, made)).status == 400


def _newer(made: dict[str, Any], **changed: str) -> dict[str, str]:
    return {
        "grantType": "refresh_token",
        "clientId": made["client_id"],
        "clientSecret": made["client_secret"],
        "refreshToken": made["refresh_token"],
        "userType": "Location",
    } | changed


async def test_version_three_asks_and_answers_in_camel_case(rig: Rig) -> None:
    made = await rig.credentials("highlevel")
    door = Door(rig.http, rig.addresses.highlevel, {"Version": "v3"})

    reply = await door.call("POST", "/oauth/token", form=_newer(made))
    older = await door.call("POST", "/oauth/token", form={"grant_type": "refresh_token"})

    assert reply.status == 200
    assert reply.body["refreshToken"] != made["refresh_token"]
    assert (reply.body["tokenType"], reply.body["expiresIn"]) == ("Bearer", 86_399)
    assert (reply.body["locationId"], reply.body["userType"]) == (rig.location, "Location")
    assert not {"access_token", "refresh_token", "expires_in"} & reply.body.keys()
    assert (older.status, older.body["message"]) == (400, "Missing parameter: clientId")


@pytest.mark.parametrize(
    ("changed", "status", "said"),
    [
        ({"refreshToken": "unknown"}, 400, "Invalid grant: refresh token is invalid"),
        ({"clientSecret": "wrong"}, 401, "Invalid client: client credentials are invalid"),
        ({"grantType": ""}, 400, "Missing parameter: grantType"),
        ({"grantType": "client_credentials"}, 400, "Invalid parameter: grantType"),
    ],
)
async def test_version_three_refuses_a_refresh_in_its_own_words(
    rig: Rig, changed: dict[str, str], status: int, said: str
) -> None:
    made = await rig.credentials("highlevel")
    door = Door(rig.http, rig.addresses.highlevel, {"Version": "v3"})

    reply = await door.call("POST", "/oauth/token", form=_newer(made, **changed))

    assert (reply.status, reply.body["statusCode"], reply.body["message"]) == (status, status, said)
