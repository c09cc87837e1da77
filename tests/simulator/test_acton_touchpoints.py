"""Act-On's touch points: one by form, many by file, and a person's history."""

from typing import Any

import aiohttp
import pytest

from tests.simulator.conftest import START, Door, Reply, Rig

FACT = "/api/1/customevents/fact"
UPLOAD = "/api/1/customevents"
GOOD = {
    "destination": "Conversations",
    "createlistingentry": "true",
    "customeventaction": "CUSTOM_GENERAL1",
    "email": "bo@example.com",
    "when": "2026-09-20 10:30:00",
    "dateformat": "yyyy-MM-dd HH:mm:ss",
    "title": "Replied by SMS",
    "note": "Thanks!",
}
SHEET = {
    "destination": "Trade fair",
    "customeventaction": "CUSTOM_ATTENDED",
    "firstrow": "Y",
    "fieldseparator": "COMMA",
    "quotecharacter": "DOUBLE_QUOTE",
    "emailcolidx": "0",
    "datecolidx": "2",
    "titlecolidx": "1",
    "notecolidx": "3",
    "titlecount": "1",
    "dateformat": "MM/dd/yyyy",
}
CSV = 'Email,What,When,Note\nbo@example.com,"Talk, one",09/20/2026,near the door\n'


@pytest.fixture
async def acton(rig: Rig) -> Door:
    """A client that need not count its calls."""
    rig.world.settings = rig.world.settings.changed({"acton_limit": 100})
    return await rig.acton()


async def _upload(acton: Door, text: str, file: str = "File", **fields: str) -> Reply:
    form = aiohttp.FormData()
    for name, value in {**SHEET, **fields}.items():
        form.add_field(name, value)
    form.add_field(file, text, filename="fair.csv", content_type="text/csv")
    return await acton.call("POST", UPLOAD, form=form)


async def _seen(rig: Rig, email: str = "") -> list[dict[str, Any]]:
    reply = await rig.control.get(f"/control/acton/touchpoints?email={email}")
    return list(reply.body["touchpoints"])


async def test_a_touch_point_is_kept_as_it_was_told(rig: Rig, acton: Door) -> None:
    reply = await acton.call("POST", FACT, form=GOOD)

    (effect,) = rig.effects("touchpoint.added")
    (seen,) = await _seen(rig, "BO@example.com")
    assert reply.body["status"] == "success"
    assert effect["subject"] == {"email": "bo@example.com"}
    assert effect["content"] == {
        "destination": "Conversations",
        "action": "CUSTOM_GENERAL1",
        "title": "Replied by SMS",
        "note": "Thanks!",
        "when": 1_789_900_200_000,
    }
    assert seen == {**effect["subject"], **effect["content"], "at": START}
    assert await _seen(rig, "ann@example.com") == []


async def test_a_set_comes_to_be_only_where_that_is_said(rig: Rig, acton: Door) -> None:
    plain = {name: text for name, text in GOOD.items() if name != "createlistingentry"}

    unknown = await acton.call("POST", FACT, form=plain)
    denied = await acton.call("POST", FACT, form=plain | {"createlistingentry": "false"})
    made = await acton.call("POST", FACT, form=GOOD)
    known = await acton.call("POST", FACT, form=plain)

    assert [one.status for one in (unknown, denied, made, known)] == [400, 400, 200, 200]
    assert unknown.body == {"errorCode": 10054, "message": "destination invalid"}
    assert len(rig.effects("touchpoint.added")) == 2


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"destination": ""}, (422, 10121)),
        ({"title": ""}, (422, 10121)),
        ({"when": ""}, (422, 10121)),
        ({"dateformat": ""}, (422, 10121)),
        ({"email": ""}, (422, 10121)),
        ({"email": "nobody"}, (400, 10008)),
        ({"customeventaction": "CUSTOM_GENERAL6"}, (400, 10054)),
        ({"when": "2026-09-20"}, (400, 10160)),
        ({"when": "2026-09-20 10:30:00 PM"}, (400, 10160)),
        ({"when": "2026-13-20 10:30:00"}, (400, 10160)),
        ({"dateformat": "%Y-%m-%d %H:%M:%S"}, (400, 10160)),
        ({"dateformat": "YYYY-MM-dd HH:mm:ss"}, (400, 10160)),
    ],
)
async def test_what_does_not_fit_is_refused_and_leaves_nothing(
    rig: Rig, acton: Door, change: dict[str, str], said: tuple[int, int]
) -> None:
    reply = await acton.call("POST", FACT, form=GOOD | change)

    assert (reply.status, reply.body["errorCode"]) == said
    assert rig.written() == []


async def test_json_is_no_form(acton: Door) -> None:
    reply = await acton.post(FACT, GOOD)

    assert (reply.status, reply.body["errorCode"]) == (422, 10121)


async def test_touch_points_can_be_switched_off(rig: Rig, acton: Door) -> None:
    await rig.control.post("/control/settings", {"acton_features": []})

    replies = [await acton.call("POST", FACT, form=GOOD), await _upload(acton, CSV)]

    assert [reply.status for reply in replies] == [403, 403]
    assert rig.written() == []


async def test_a_file_is_worked_off_after_its_answer(rig: Rig, acton: Door) -> None:
    bad = "ann@example.com,Talk,20/09/2026,\nnobody,Talk,09/20/2026,\nbo@example.com\n\n"
    reply = await _upload(acton, CSV + bad)
    path = f"{UPLOAD}/{reply.body['jobId']}/status"

    before = await acton.get(path)
    rig.clock.advance(2)
    after = await acton.get(path)

    assert (before.status, before.body) == (200, {"status": "success", "jobDetails": ""})
    details = after.body["details"]
    assert details.pop("customEventsId")
    assert details == {"status": "ok", "appendCount": 1, "rejectedCount": 3}
    (effect,) = rig.effects("touchpoint.added")
    assert effect["content"] == {
        "destination": "Trade fair",
        "action": "CUSTOM_ATTENDED",
        "title": "Talk, one",
        "note": "near the door",
        "when": 1_789_862_400_000,
    }


@pytest.mark.parametrize(
    ("separator", "quote", "line"),
    [
        ("SEMICOLON", "NONE", 'bo@example.com;"Talk;09/20/2026'),
        ("TAB", "SINGLE_QUOTE", "bo@example.com\t'\"Talk'\t09/20/2026"),
        ("SPACE", "SINGLE_QUOTE", "bo@example.com '\"Talk' 09/20/2026"),
    ],
)
async def test_files_come_with_other_signs_too(
    rig: Rig, acton: Door, separator: str, quote: str, line: str
) -> None:
    more = {"fieldseparator": separator, "quotecharacter": quote, "firstrow": "N"}

    reply = await _upload(acton, line, **more, notecolidx="")

    assert reply.status == 200
    assert [one["title"] for one in await _seen(rig)] == ['"Talk']


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"file": "file"}, (400, 10003)),
        ({"firstrow": "maybe"}, (400, 10054)),
        ({"fieldseparator": "PIPE"}, (400, 10054)),
        ({"emailcolidx": "first"}, (400, 10054)),
        ({"titlecount": ""}, (422, 10121)),
    ],
)
async def test_an_upload_that_does_not_fit_begins_no_job(
    rig: Rig, acton: Door, change: dict[str, str], said: tuple[int, int]
) -> None:
    reply = await _upload(acton, CSV, **change)

    assert (reply.status, reply.body["errorCode"]) == said
    assert rig.world.acton.jobs == {}


async def test_a_job_is_known_to_its_account_and_its_own_path_only(rig: Rig, acton: Door) -> None:
    job = (await _upload(acton, CSV)).body["jobId"]
    stranger = await rig.acton(account_id="7")

    replies = [
        await acton.get(f"{UPLOAD}/1/status"),
        await acton.get(f"/api/1/list/{job}/status"),
        await stranger.get(f"{UPLOAD}/{job}/status"),
    ]

    assert [(one.status, one.body["errorCode"]) for one in replies] == [(400, 10017)] * 3


async def test_a_history_tells_touch_points_and_opt_outs_newest_first(
    rig: Rig, acton: Door
) -> None:
    people = "/control/acton/lists/l-0042/contacts"
    await rig.control.post(people, {"contacts": [{"email": "Bo@example.com"}, {"email": "a@b.c"}]})
    await acton.call("POST", FACT, form=GOOD)
    await _upload(acton, CSV)
    await rig.control.post("/control/acton/optouts", {"email": "bo@example.com"})
    await rig.control.post("/control/acton/hardbounces", {"email": "a@b.c"})

    bo = (await acton.get("/api/1/list/l-0042/record/l-0042:1/facts")).body
    other = (await acton.get("/api/1/list/l-0042/record/l-0042%3A2/facts")).body
    nobody = await acton.get("/api/1/list/l-0042/record/l-0042:9/facts")

    entries = bo["activity"]["entries"]
    assert [(one["Verb"], one["What"]) for one in entries] == [
        ("oo", "Opted out"),
        ("custom", "Conversations: Replied by SMS"),
    ]
    assert [one["WhenMillis"] for one in entries] == [START, 1_789_900_200_000]
    assert (entries[1]["y"], entries[1]["m"], entries[1]["d"]) == ("26", "Sep", "20")
    assert bo["activity"]["EntryMonthsAvailable"] == ["2609"]
    assert bo["activitylist"] == entries
    assert [one["Verb"] for one in other["activitylist"]] == ["hb"]
    assert (nobody.status, nobody.body["errorCode"]) == (400, 10008)


async def test_what_a_file_brought_shows_when_its_job_is_done(rig: Rig, acton: Door) -> None:
    await rig.control.post("/control/acton/lists/l-0042/contacts", {"email": "bo@example.com"})
    await _upload(acton, CSV)
    path = "/api/1/list/l-0042/record/l-0042:1/facts"

    before = (await acton.get(path)).body["activitylist"]
    rig.clock.advance(2)
    after = (await acton.get(path)).body["activitylist"]

    assert (before, [one["What"] for one in after]) == ([], ["Trade fair: Talk, one"])
