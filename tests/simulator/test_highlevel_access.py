"""Who may call HighLevel, how often, and what a refusal looks like."""

import re

import pytest

from tests.simulator.conftest import Door, Rig

HEADERS = {
    "x-ratelimit-limit-daily",
    "x-ratelimit-daily-remaining",
    "x-ratelimit-daily-reset",
    "x-ratelimit-interval-milliseconds",
    "x-ratelimit-max",
    "x-ratelimit-remaining",
}


def _search(rig: Rig) -> str:
    return f"/conversations/search?locationId={rig.location}"


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"Authorization": ""}, "Invalid JWT"),
        ({"Authorization": "Bearer wrong"}, "Invalid JWT"),
        ({"Authorization": "Bearer pit-wrong"}, "Invalid Private Integration token"),
        ({"Version": ""}, "version header was not found."),
        ({"Version": "2020-01-01"}, "version header is invalid"),
    ],
)
async def test_a_call_without_good_headers_is_a_401(
    rig: Rig, changed: dict[str, str], message: str
) -> None:
    highlevel = await rig.highlevel()

    reply = await highlevel.call("GET", _search(rig), headers=changed)

    assert (reply.status, reply.body["message"]) == (401, message)
    assert reply.body["statusCode"] == 401


async def test_every_published_version_works_on_established_paths(rig: Rig) -> None:
    highlevel = await rig.highlevel()

    versions = ("2021-04-15", "2021-07-28", "2023-02-21", "v3")
    replies = [
        await highlevel.call("GET", _search(rig), headers={"Version": version})
        for version in versions
    ]

    assert [reply.status for reply in replies] == [200] * 4


async def test_an_expired_access_token_is_a_401(rig: Rig) -> None:
    highlevel = await rig.highlevel()

    before = await highlevel.get(_search(rig))
    rig.clock.advance(86_399)
    after = await highlevel.get(_search(rig))

    assert (before.status, after.status, after.body["message"]) == (200, 401, "Invalid JWT")


async def test_a_missing_scope_is_a_401_that_is_not_about_the_token(rig: Rig) -> None:
    highlevel = await rig.highlevel(scopes=["contacts.readonly"])

    reply = await highlevel.get(_search(rig))

    assert (reply.status, reply.body["message"]) == (
        401,
        "The token is not authorized for this scope.",
    )


async def test_a_company_token_is_of_the_wrong_kind(rig: Rig) -> None:
    highlevel = await rig.highlevel(user_type="Company")

    reply = await highlevel.get(_search(rig))

    assert (reply.status, reply.body["message"]) == (401, "Token's user type mismatch!")


@pytest.mark.parametrize("query", ["", "?locationId=AnotherLocation00000"])
async def test_another_location_or_none_is_a_403(rig: Rig, query: str) -> None:
    highlevel = await rig.highlevel()

    reply = await highlevel.get(f"/conversations/search{query}")

    assert (reply.status, reply.body["message"]) == (
        403,
        "The token does not have access to this location.",
    )


async def test_a_contact_of_another_location_is_out_of_reach(rig: Rig) -> None:
    contact = await rig.contact(await rig.highlevel(), email="bo@example.com")
    stranger = await rig.highlevel(location_id="AnotherLocation00000")

    reply = await stranger.get(f"/contacts/{contact}")

    assert reply.status == 403


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/x"),
        ("POST", "/contacts"),
        ("GET", "/conversations/search/"),
        ("PATCH", "/contacts/upsert"),
    ],
)
async def test_a_wrong_path_or_a_wrong_slash_is_a_404(rig: Rig, method: str, path: str) -> None:
    highlevel = await rig.highlevel()

    reply = await highlevel.call(method, path)

    assert reply.status == 404
    assert reply.body["message"] == f"Cannot {method} {path}"
    assert reply.body["error"] == "Not Found"


async def test_a_path_in_the_wrong_case_looks_like_a_token_error(rig: Rig) -> None:
    highlevel = await rig.highlevel()

    reply = await highlevel.get(f"/Conversations/search?locationId={rig.location}")

    assert (reply.status, reply.body["message"]) == (401, "Invalid JWT")


async def test_an_encoded_slash_stays_inside_its_segment(rig: Rig) -> None:
    highlevel = await rig.highlevel()

    reply = await highlevel.get("/contacts/a%252Ftags")

    assert reply.body["error"] == "Contact with id a%2Ftags not found"


async def test_every_answer_has_a_trace_id_and_the_six_figures(rig: Rig) -> None:
    highlevel = await rig.highlevel()
    stranger = Door(rig.http, rig.addresses.highlevel)

    replies = [
        await highlevel.get(_search(rig)),
        await highlevel.get("/contacts/unknown"),
        await highlevel.get("/nowhere"),
        await stranger.get(_search(rig)),
        await stranger.post("/oauth/token"),
    ]

    traces = {reply.body["traceId"] for reply in replies}
    assert len(traces) == len(replies)
    assert all(re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", t) for t in traces)
    assert all(set(reply.headers) >= HEADERS for reply in replies)


async def test_the_burst_limit_is_counted_and_comes_back(rig: Rig) -> None:
    rig.world.settings = rig.world.settings.changed({"highlevel_limit": 3})
    highlevel = await rig.highlevel()

    replies = [await highlevel.get(_search(rig)) for _ in range(4)]
    rig.clock.advance(10)
    later = await highlevel.get(_search(rig))

    assert [reply.status for reply in replies] == [200, 200, 200, 429]
    assert [r.headers["x-ratelimit-remaining"] for r in replies] == ["2", "1", "0", "0"]
    assert later.status == 200


async def test_a_429_has_no_error_key_and_no_retry_after(rig: Rig) -> None:
    rig.world.settings = rig.world.settings.changed({"highlevel_limit": 0})
    highlevel = await rig.highlevel()

    bare = await highlevel.get(_search(rig))
    rig.world.settings = rig.world.settings.changed({"retry_after_on_429": True})
    helped = await highlevel.get(_search(rig))

    assert {k: v for k, v in bare.body.items() if k != "traceId"} == {
        "statusCode": 429,
        "message": "Too Many Requests",
    }
    assert "retry-after" not in bare.headers
    assert helped.headers["retry-after"] == "10"


async def test_the_day_is_one_window_from_the_first_call(rig: Rig) -> None:
    rig.world.settings = rig.world.settings.changed({"highlevel_daily_limit": 2})
    highlevel = await rig.highlevel(kind="pit")

    first = await highlevel.get(_search(rig))
    rig.clock.advance(3600)
    await highlevel.get(_search(rig))
    spent = await highlevel.get(_search(rig))
    rig.clock.advance(23 * 3600)
    next_day = await highlevel.get(_search(rig))

    assert first.headers["x-ratelimit-daily-reset"] == str(24 * 3600 * 1000)
    assert (spent.status, spent.headers["x-ratelimit-daily-remaining"]) == (429, "0")
    assert spent.headers["x-ratelimit-daily-reset"] == str(23 * 3600 * 1000)
    assert (next_day.status, next_day.headers["x-ratelimit-daily-remaining"]) == (200, "1")


async def test_each_app_has_its_own_bucket_per_location(rig: Rig) -> None:
    rig.world.settings = rig.world.settings.changed({"highlevel_limit": 1})
    one, other = await rig.highlevel(), await rig.highlevel()

    statuses = [
        (await one.get(_search(rig))).status,
        (await one.get(_search(rig))).status,
        (await other.get(_search(rig))).status,
    ]

    assert statuses == [200, 429, 200]


async def test_a_private_token_works_and_a_trial_one_is_slower(rig: Rig) -> None:
    paid, trial = await rig.highlevel(kind="pit"), await rig.highlevel(kind="pit", trial=True)

    replies = [await paid.get(_search(rig)), await trial.get(_search(rig))]

    assert paid.headers["Authorization"].startswith("Bearer pit-")
    assert [reply.headers["x-ratelimit-max"] for reply in replies] == ["100", "25"]
    assert replies[1].headers["x-ratelimit-limit-daily"] == "10000"
