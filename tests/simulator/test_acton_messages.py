"""Act-On's messages: ids by kind, sends that leave people out, reports."""

from typing import Any

import pytest

from tests.simulator.conftest import START, Door, Reply, Rig

MESSAGE = "/api/1/message"
SENDER = {"senderemail": "ann@example.com", "sendername": "Ann", "subject": "News"}
SEND = {**SENDER, "title": "Spring", "when": "0", "sendtoids": "l-0042", "htmlbody": "<p>Hi</p>"}
PEOPLE = "/control/acton/lists/l-0042/contacts"


@pytest.fixture
async def acton(rig: Rig) -> Door:
    """A client, and three people of whom two have the same address."""
    bo, ann = {"email": "bo@example.com", "first_name": "Bo"}, {"email": "ann@example.com"}
    await rig.control.post(PEOPLE, {"contacts": [bo, ann, {**bo, "first_name": "Robert"}]})
    rig.world.settings = rig.world.settings.changed({"acton_limit": 100})
    return await rig.acton()


async def send(acton: Door, **more: str) -> Reply:
    return await acton.call("POST", f"{MESSAGE}/custom/send", form={**SEND, **more})


async def told(acton: Door, message: str, what: str) -> list[str]:
    reply = await acton.get(f"{MESSAGE}/{message}/report/{what}")
    assert reply.status == 200, reply.raw
    return [row["recid"] for row in reply.body["result"]]


async def test_ids_tell_the_kind_and_those_of_sends_the_month(acton: Door) -> None:
    made = [
        await acton.call("POST", MESSAGE, form={"type": kind, "subject": "News"})
        for kind in ("draft", "template")
    ]
    sent = await send(acton)

    assert [one.body["id"] for one in made] == ["d-0001", "t-0002"]
    assert sent.body["id"] == "s-0001-2609"
    (row,) = (await acton.get(f"{MESSAGE}?type=sent")).body["msgresult"]
    assert (row["timeStamp"], row["isTextOnly"]) == (str(START), "false")
    assert row["timeWhen"] == "Mon Sep 21 7:13 AM PDT"


async def test_a_send_may_tell_its_id_in_words_alone(rig: Rig, acton: Door) -> None:
    await rig.control.post("/control/settings", {"acton_unpublished": "bare"})

    assert (await send(acton)).body == {
        "status": "success",
        "message": "Message scheduled for launch: s-0001-2609",
    }


async def test_duplicates_get_it_twice_unless_said_otherwise(acton: Door) -> None:
    twice = (await send(acton)).body["id"]
    once = (await send(acton, issuppressduplicates="Y")).body["id"]

    assert await told(acton, twice, "SENT") == ["l-0042:1", "l-0042:2", "l-0042:3"]
    assert await told(acton, once, "SENT") == ["l-0042:1", "l-0042:2"]


@pytest.mark.parametrize(
    ("control", "asked", "more", "left_out"),
    [
        ("optouts", {"email": "ann@example.com"}, {}, ["l-0042:2"]),
        ("optouts", {"email": "ann@example.com"}, {"istransactional": "Y"}, []),
        ("hardbounces", {"email": "ann@example.com"}, {"istransactional": "Y"}, ["l-0042:2"]),
        ("spamcomplaints", {"email": "ann@example.com"}, {}, ["l-0042:2"]),
        ("subscriptions", {"email": "ann@example.com", "category": "News"}, {}, []),
        (
            "subscriptions",
            {"email": "ann@example.com", "category": "News"},
            {"categoryid": "1"},
            ["l-0042:2"],
        ),
    ],
)
async def test_who_must_not_be_written_to_is_left_out(
    rig: Rig, acton: Door, control: str, asked: Any, more: dict[str, str], left_out: list[str]
) -> None:
    await rig.control.post(f"/control/acton/{control}", asked)

    message = (await send(acton, **more)).body["id"]

    assert await told(acton, message, "SUPPRESSED") == left_out
    assert [one["subject"]["record_id"] for one in rig.effects("email.suppressed")] == left_out


async def test_a_list_of_suppression_keeps_its_addresses_out(rig: Rig, acton: Door) -> None:
    made = await rig.control.post("/control/acton/lists", {"name": "Staff"})
    staff = made.body["list_id"]
    await rig.control.post(f"/control/acton/lists/{staff}/contacts", {"email": "ann@example.com"})

    message = (await send(acton, suppressids=staff)).body["id"]

    assert await told(acton, message, "SENT") == ["l-0042:1", "l-0042:3"]
    assert (await acton.get(f"{MESSAGE}/{message}/report")).body["suppressedon"] == [staff]


async def test_records_are_written_to_one_by_one(acton: Door) -> None:
    message = (await send(acton, sendtoids="", sendtorecids="l-0042:3")).body["id"]

    assert await told(acton, message, "SENT") == ["l-0042:3"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"title": ""}, (422, 10121)),
        ({"when": ""}, (422, 10121)),
        ({"when": "tomorrow"}, (400, 10054)),
        ({"sendtoids": ""}, (422, 10121)),
        ({"sendtoids": "l-0099"}, (400, 10004)),
        ({"sendtorecids": "l-0042:f"}, (400, 10008)),
        ({"senderemail": "eve@example.com"}, (400, 10054)),
        ({"categoryid": "Gossip"}, (400, 10054)),
        ({"htmlbody": ""}, (422, 10121)),
    ],
)
async def test_a_send_that_does_not_fit_sends_nothing(
    rig: Rig, acton: Door, change: dict[str, str], said: tuple[int, int]
) -> None:
    reply = await send(acton, **change)

    assert (reply.status, reply.body["errorCode"]) == said
    assert rig.effects("email.sent") == []


@pytest.mark.parametrize("when", [START + 60_000, START // 1000 + 60])
async def test_a_moment_to_come_may_be_in_seconds_or_milliseconds(
    rig: Rig, acton: Door, when: int
) -> None:
    await send(acton, when=str(when))

    (row,) = (await acton.get(f"{MESSAGE}?type=SCHEDULED")).body["msgresult"]
    assert row["timeStamp"] == str(START + 60_000)
    assert rig.effects("email.sent") == []


async def test_what_was_deleted_before_its_time_is_not_sent(rig: Rig, acton: Door) -> None:
    gone = (await send(acton, when=str(START + 60_000))).body["id"]
    kept = (await send(acton, when=str(START + 60_000))).body["id"]
    await acton.delete(f"{MESSAGE}/{gone}")
    while rig.clock.sleepers() < 2:
        await acton.get(MESSAGE + "?type=DRAFT")
    rig.clock.advance(61)

    while not await told(acton, kept, "SENT"):
        rig.clock.advance(1)
    assert {one["content"]["message_id"] for one in rig.effects("email.sent")} == {kept}


async def test_what_was_sent_cannot_be_changed_but_sent_again(acton: Door) -> None:
    message = (await send(acton)).body["id"]

    changed = await acton.call("PUT", f"{MESSAGE}/{message}", form={"title": "Summer"})
    again = await acton.call("PUT", f"{MESSAGE}/{message}/send", form={"sendtoids": "l-0042"})
    draft = await acton.call("POST", MESSAGE, form={"type": "draft", "subject": "News"})
    unsent = await acton.call("PUT", f"{MESSAGE}/{draft.body['id']}/send", form=SEND)

    assert (changed.status, changed.body["errorCode"]) == (400, 10030)
    assert again.body["message"].endswith("s-0002-2609")
    assert (unsent.status, unsent.body["errorCode"]) == (400, 10030)


async def test_what_people_do_is_counted_by_people_and_times(rig: Rig, acton: Door) -> None:
    message = (await send(acton, issuppressduplicates="Y")).body["id"]
    path = f"/control/acton/messages/{message}/reactions"
    for action in ("OPENED", "OPENED", "OPT_OUT"):
        await rig.control.post(path, {"email": "bo@example.com", "action": action})
    await rig.control.post(path, {"email": "ann@example.com", "action": "BOUNCED"})
    nobody = await rig.control.post(path, {"email": "eve@example.com", "action": "OPENED"})

    report = (await acton.get(f"{MESSAGE}/{message}/report")).body

    assert nobody.status == 404
    assert (report["sent"], report["delivered"], report["opened"]) == (2, 1, [1, 2])
    assert (report["notopened"], report["optout"], report["lastOpenTS"]) == (0, 1, START)
    assert "lastClickTS" not in report
    optouts = (await acton.get("/api/1/list/optout")).body["result"]
    assert [one["email"] for one in optouts] == ["bo@example.com"]


async def test_a_drill_down_comes_by_page_or_as_a_file(acton: Door) -> None:
    message = (await send(acton)).body["id"]
    path = f"{MESSAGE}/{message}/report/SENT"

    page = (await acton.get(f"{path}?count=1&offset=2")).body
    file = await acton.get(f"{path}?responseformat=CSV")

    assert (page["offset"], page["count"], page["totalCount"]) == (2, 1, 3)
    assert page["result"][0]["recid"] == "l-0042:3"
    assert file.raw.splitlines()[0].startswith(b"listid,recid,name,email")
    assert len(file.raw.splitlines()) == 4


async def test_the_unknown_is_refused_each_in_its_own_way(acton: Door) -> None:
    message = (await send(acton)).body["id"]

    replies = [
        await acton.get(f"{MESSAGE}/s-0099-2609/report"),
        await acton.get(f"{MESSAGE}/s-0099-2609/report/SENT"),
        await acton.get(f"{MESSAGE}/{message}/report/READ"),
        await acton.get(f"{MESSAGE}/report?period=2613"),
        await acton.get(f"{MESSAGE}?type=LETTER"),
        await acton.get(MESSAGE),
        await acton.get(f"{MESSAGE}/{message}/l-0042:f"),
        await acton.get(f"{MESSAGE}/{message}/l-0099:1"),
    ]

    assert [(one.status, one.body["errorCode"]) for one in replies] == [
        *((400, 10030), (404, 10030), (400, 10089), (400, 10160)),
        *((400, 10054), (422, 10121), (400, 10008), (400, 10008)),
    ]


async def test_a_month_has_all_its_days_and_its_weeks_begin_with_sunday(acton: Door) -> None:
    await send(acton)

    month = (await acton.get(f"{MESSAGE}/report?period=2609")).body

    assert (month["month"], len(month["counts"])) == ("September 2026", 30)
    day = month["counts"][20]
    assert (day["dayOfMonth"], day["dayOfWeek"], day["sent"]) == (21, 2, 3)
    assert sum(one["sent"] for one in month["counts"]) == 3
