"""Who may call Act-On, how often, and its rotating refresh tokens without any grace."""

from typing import Any

import pytest

from tests.simulator.conftest import Door, Reply, Rig

ACCOUNT = "/api/1/account"
UNAUTHORIZED = {"httpCode": "401", "httpMessage": "Unauthorized", "moreInformation": ""}
TOO_MANY = {
    "httpCode": "429",
    "httpMessage": "Too Many Requests",
    "moreInformation": "Rate Limit exceeded",
}


async def _token(rig: Rig, made: dict[str, Any], **form: str) -> Reply:
    whole = {"client_id": made["client_id"], "client_secret": made["client_secret"]} | form
    return await Door(rig.http, rig.addresses.acton).call("POST", "/token", form=whole)


async def _refresh(rig: Rig, made: dict[str, Any], refresh_token: str) -> Reply:
    return await _token(rig, made, grant_type="refresh_token", refresh_token=refresh_token)


async def test_the_account_call_gives_numbers_and_flags_as_text(rig: Rig) -> None:
    acton = await rig.acton()

    reply = await acton.get(ACCOUNT)

    assert reply.status == 200
    assert (reply.body["account_id"], reply.body["isAdmin"]) == ("40042", "true")


@pytest.mark.parametrize("header", ["", "Bearer wrong", "Basic abc"])
async def test_a_call_without_a_good_token_meets_the_gateway(rig: Rig, header: str) -> None:
    reply = await Door(rig.http, rig.addresses.acton, {"Authorization": header}).get(ACCOUNT)

    assert (reply.status, reply.body) == (401, UNAUTHORIZED)


async def test_an_unknown_path_meets_the_gateway(rig: Rig) -> None:
    reply = await (await rig.acton()).get("/api/2/list")

    assert reply.status == 404
    assert reply.body["moreInformation"] == "No resources match requested URI"


async def test_an_access_token_ends_after_an_hour(rig: Rig) -> None:
    acton = await rig.acton()

    rig.clock.advance(3599)
    before = await acton.get(ACCOUNT)
    rig.clock.advance(1)
    after = await acton.get(ACCOUNT)

    assert (before.status, after.status) == (200, 401)


async def test_five_calls_a_second_and_no_more(rig: Rig) -> None:
    acton = await rig.acton()

    replies = [await acton.get(ACCOUNT) for _ in range(6)]
    rig.clock.advance(1)
    later = await acton.get(ACCOUNT)

    assert [reply.status for reply in replies] == [200] * 5 + [429]
    assert replies[5].body == TOO_MANY
    assert "retry-after" not in replies[5].headers
    assert later.status == 200


async def test_the_pace_is_counted_per_account(rig: Rig) -> None:
    rig.world.settings = rig.world.settings.changed({"acton_limit": 1})
    one, same, other = await rig.acton(), await rig.acton(), await rig.acton(account_id="7")

    statuses = [(await door.get(ACCOUNT)).status for door in (one, same, other)]

    assert statuses == [200, 429, 200]


async def test_the_daily_limit_holds_for_a_day(rig: Rig) -> None:
    rig.world.settings = rig.world.settings.changed(
        {"acton_daily_limit": 1, "access_token_seconds": 90_000}
    )
    acton = await rig.acton()

    statuses = []
    for step in (0, 2, 24 * 3600 - 2):
        rig.clock.advance(step)
        statuses.append((await acton.get(ACCOUNT)).status)

    assert statuses == [200, 429, 200]


async def test_every_answer_has_the_gateways_two_ids(rig: Rig) -> None:
    acton = await rig.acton()

    replies = [await acton.get(ACCOUNT), await acton.get("/nowhere")]

    ids = {reply.headers[name] for reply in replies for name in ("x-request-id",)}
    assert len(ids) == 2
    assert all(reply.headers["x-global-transaction-id"] for reply in replies)


async def test_a_password_login_gives_tokens_and_ends_the_older_refresh_token(rig: Rig) -> None:
    made = await rig.credentials("acton")
    login = {"grant_type": "password", "username": made["username"]}

    reply = await _token(rig, made, **login, password=made["password"])
    old = await _refresh(rig, made, made["refresh_token"])
    new = await _refresh(rig, made, reply.body["refresh_token"])

    assert {k: reply.body[k] for k in ("scope", "token_type", "expires_in")} == {
        "scope": "offline-access",
        "token_type": "Bearer",
        "expires_in": 3600,
    }
    assert (old.status, old.body["error"]) == (403, "invalid_grant")
    assert new.status == 200
    assert [e["effect"] for e in rig.written()] == ["token.granted", "token.rotated"]


async def test_the_grant_type_may_stand_in_the_query(rig: Rig) -> None:
    made = await rig.credentials("acton")
    names = ("username", "password", "client_id", "client_secret")

    reply = await Door(rig.http, rig.addresses.acton).call(
        "POST", "/token?grant_type=password", form={name: made[name] for name in names}
    )

    assert reply.status == 200


async def test_a_refresh_token_works_once_without_grace(rig: Rig) -> None:
    made = await rig.credentials("acton")

    first = await _refresh(rig, made, made["refresh_token"])
    second = await _refresh(rig, made, made["refresh_token"])

    assert first.status == 200
    assert second.status == 403
    assert second.body == {
        "error": "invalid_grant",
        "error_description": "Unknown or invalid refresh token.",
    }


async def test_a_refresh_token_ends_after_thirty_days(rig: Rig) -> None:
    made = await rig.credentials("acton")
    rig.clock.advance(30 * 24 * 3600)

    assert (await _refresh(rig, made, made["refresh_token"])).status == 403


async def test_wrong_credentials_are_told_apart(rig: Rig) -> None:
    made = await rig.credentials("acton")

    wrong_client = await _refresh(rig, {**made, "client_secret": "x"}, made["refresh_token"])
    wrong_password = await _token(
        rig, made, grant_type="password", username=made["username"], password="x"
    )

    assert (wrong_client.status, wrong_client.body["error"]) == (401, "access_denied")
    assert (wrong_password.status, wrong_password.body["error"]) == (403, "invalid_grant")


async def test_the_sixth_login_within_an_hour_is_refused(rig: Rig) -> None:
    made = await rig.credentials("acton")
    login = {"username": made["username"], "password": made["password"]}

    replies = [await _token(rig, made, grant_type="password", **login) for _ in range(6)]
    rig.clock.advance(3600)
    later = await _token(rig, made, grant_type="password", **login)

    assert [reply.status for reply in replies] == [200] * 5 + [429]
    assert later.status == 200
