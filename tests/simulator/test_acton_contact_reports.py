"""What Act-On tells of one contact: history, scores, segments; and the columns of all."""

from typing import Any

import pytest

from tests.simulator.book import client, put
from tests.simulator.conftest import START, Door, Rig

REPORT = "/ucl/v2/40042/contactReport"
SCHEMA = "/ucl/v2/40042/schema"
DAY = 86_400_000


@pytest.fixture
async def acton(rig: Rig) -> Door:
    return await client(rig)


@pytest.fixture
async def bo(rig: Rig) -> str:
    outside = {"externalId": "1", "objectType": "Contact"}
    (made,) = await put(rig, {"email": "bo@example.com", "fields": outside})
    return made


async def did(rig: Rig, who: str, verb: str, **more: Any) -> None:
    reply = await rig.control.post(
        f"/control/acton/contacts/{who}/activity", {"verb": verb, **more}
    )
    assert reply.status == 201, reply.raw


async def test_the_history_is_newest_first_with_verb_codes(rig: Rig, acton: Door, bo: str) -> None:
    await did(rig, bo, "opened", what="Spring offers", at=START - 3_000)
    await did(rig, bo, "fs", what="Ask us", at=START - 1_000)
    await did(rig, bo, "clicked", what="Spring offers", at=START - 2_000)
    await rig.control.post(f"/control/acton/contacts/{bo}/score", {"score": 42})

    paths = (f"id/{bo}", "email/bo%40example.com", "externalId/Contact/1")
    replies = [await acton.get(f"{REPORT}/{path}/activity") for path in paths]

    body = replies[0].body
    assert [one.body for one in replies] == [body] * 3
    assert [(one["Verb"], one["WhenMillis"]) for one in body["activitylist"]] == [
        ("fs", START - 1_000),
        ("r", START - 2_000),
        ("os", START - 3_000),
    ]
    assert body["activity"]["score"] == 42


async def test_what_is_known_of_the_address_is_in_the_history(
    rig: Rig, acton: Door, bo: str
) -> None:
    await rig.control.post("/control/acton/optouts", {"email": "bo@example.com"})

    reply = await acton.get(f"{REPORT}/id/{bo}/activity")

    assert [one["Verb"] for one in reply.body["activitylist"]] == ["oo"]


async def test_months_are_counted_back_from_the_current_one(rig: Rig, acton: Door, bo: str) -> None:
    # The clock stands at the 21st of September 2026.
    for days in (0, 20, 25, 90):
        await did(rig, bo, "os", at=START - days * DAY)

    counts = []
    for query in ("?monthsOfPastData=0", "?monthsOfPastData=1", "?monthsOfPastData=9999", ""):
        reply = await acton.get(f"{REPORT}/id/{bo}/activity{query}")
        counts.append(len(reply.body["activitylist"]))

    assert counts == [2, 3, 4, 4]


async def test_scores_are_those_of_every_column_of_scores(rig: Rig, acton: Door, bo: str) -> None:
    where = f"/control/acton/contacts/{bo}/score"
    await rig.control.post(where, {"score": 42})
    await rig.control.post(where, {"score": 7, "column": "Interest"})
    wrong = await rig.control.post(where, {"score": 7, "column": "Company"})

    scores = await acton.get(f"{REPORT}/email/bo%40example.com/scores")
    shown = await acton.get(f"/ucl/v2/40042/contact/id/{bo}")

    told = {one["name"]: one["score"] for one in scores.body["data"]}
    assert told == {"Act-On Primary Score": 42, "Interest": 7}
    assert (shown.body["actonPrimaryScore"], wrong.status) == ("42", 400)


async def test_a_new_score_makes_a_changed_contact(rig: Rig, acton: Door) -> None:
    (old,) = await put(rig, {"email": "bo@example.com", "created": START - DAY})
    since = f"/ucl/v2/40042/contact/?updatedAfter={(START - 1_000) // 1_000}"

    before = await acton.get(since)
    await rig.control.post(f"/control/acton/contacts/{old}/score", {"score": 1})
    after = await acton.get(since)

    assert (before.body["totalCount"], after.body["totalCount"]) == (0, 1)


async def test_segments_of_a_contact_are_told(rig: Rig, acton: Door, bo: str) -> None:
    before = await acton.get(f"{REPORT}/id/{bo}/segments")
    await rig.control.post("/control/acton/segments/g-000b/members", {"contact_ids": [bo]})
    after = await acton.get(f"{REPORT}/externalId/Contact/1/segments")

    assert before.body["data"] == []
    assert [one["id"] for one in after.body["data"]] == ["g-000b"]


@pytest.mark.parametrize("what", ["activity", "scores", "segments"])
async def test_of_nobody_nothing_is_told(acton: Door, what: str) -> None:
    for path in ("id/l-unified-contacts:9", "email/di%40example.com", "externalId/Contact/9"):
        reply = await acton.get(f"{REPORT}/{path}/{what}")
        assert (reply.status, reply.raw) == (404, b"")


async def test_a_verb_that_is_none_is_named(rig: Rig, bo: str) -> None:
    reply = await rig.control.post(f"/control/acton/contacts/{bo}/activity", {"verb": "danced"})

    assert reply.status == 400
    assert "danced" in reply.body["error"]


async def columns(acton: Door, query: str = "") -> dict[str, dict[str, Any]]:
    reply = await acton.get(f"{SCHEMA}/{query}")
    assert reply.body["accountId"] == "40042"
    return {one["name"]: one for one in reply.body["columns"]}


async def test_what_cannot_be_written_or_seen_is_left_out_unless_asked_for(acton: Door) -> None:
    channel = (await columns(acton))["Last Channel"]
    hidden = {"name": "Last Channel", "type": "TEXT", "hidden": True}
    changed = await acton.put(f"{SCHEMA}/field/{channel['fieldId']}", hidden)

    usual, every = (
        await columns(acton),
        await columns(acton, "?skipHidden=false&skipReadOnly=false"),
    )

    assert changed.body["source"]["hidden"] is True
    assert every.keys() - usual.keys() == {"Last Channel", "Act-On Primary Score", "Interest"}


async def test_a_column_is_added_used_and_deleted(acton: Door, bo: str) -> None:
    one = f"/ucl/v2/40042/contact/id/{bo}"

    made = await acton.post(f"{SCHEMA}/field/", {"name": "HighLevel Id", "type": "TEXT"})
    key = str(made.body["source"]["columnIndex"])
    written = await acton.put(one, {"customFields": {key: "1"}})
    gone = await acton.delete(f"{SCHEMA}/field/{made.body['source']['fieldId']}")
    read = await acton.get(one)

    assert (made.body["isSuccess"], made.body["statusCode"]) == (True, 200)
    assert made.body["objectId"] == str(made.body["source"]["fieldId"])
    assert written.body["customFields"] == {key: "1"}
    assert (gone.body, read.body["customFields"]) == ({}, {})


@pytest.mark.parametrize(
    "body",
    [
        {"name": "last channel", "type": "TEXT"},
        {"name": "New", "type": "WORDS"},
        {"name": "", "type": "TEXT"},
        {"name": "Mail", "type": "EMAIL", "standardFieldMapping": "EMAIL"},
        {"name": "New", "type": "TEXT", "standardFieldMapping": "NICKNAME"},
        {"name": "New", "type": "TEXT", "hidden": "yes"},
        {"name": "New", "type": "TEXT", "width": 3},
    ],
)
async def test_a_column_that_cannot_be_is_refused(acton: Door, body: dict[str, Any]) -> None:
    reply = await acton.post(f"{SCHEMA}/field/", body)

    assert (reply.status, reply.body) == (400, {})


async def test_the_columns_of_every_contact_stay(acton: Door) -> None:
    email = (await columns(acton))["E-mail Address"]

    kept = await acton.delete(f"{SCHEMA}/field/{email['fieldId']}")
    unknown = await acton.delete(f"{SCHEMA}/field/9")

    assert (kept.status, unknown.status) == (400, 400)
    assert "E-mail Address" in await columns(acton)
