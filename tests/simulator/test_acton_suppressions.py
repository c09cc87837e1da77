"""Act-On's suppression lists: no total, seconds in, milliseconds out, uploads with rejects."""

import aiohttp
import pytest

from tests.simulator.conftest import START, Door, Reply, Rig

OPTOUTS = "/control/acton/optouts"
LISTS = {
    "/control/acton/optouts": "/api/1/list/optout",
    "/control/acton/hardbounces": "/api/1/list/hardbounce",
    "/control/acton/spamcomplaints": "/api/1/list/spamcomplaint",
}


async def _upload(acton: Door, path: str, text: str, name: str = "file") -> Reply:
    form = aiohttp.FormData()
    form.add_field(name, text, filename="people.csv", content_type="text/csv")
    return await acton.call("PUT", path, form=form)


@pytest.mark.parametrize(("control", "path"), list(LISTS.items()))
async def test_each_list_tells_who_when_and_whence_but_no_total(
    rig: Rig, control: str, path: str
) -> None:
    acton = await rig.acton()
    empty = await acton.get(path)

    made = await rig.control.post(control, {"email": "bo@example.com", "origin": "a phone call"})
    reply = await acton.get(path)

    assert (made.status, made.body["at"]) == (201, START)
    assert empty.body == {"offset": 0, "count": 0, "totalCount": -1, "result": []}
    assert reply.body == {
        "offset": 0,
        "count": 1,
        "totalCount": -1,
        "result": [{"email": "bo@example.com", "timestamp": START, "origin": "a phone call"}],
    }
    others = [one for one in LISTS.values() if one != path]
    assert [(await acton.get(one)).body["count"] for one in others] == [0, 0]


async def test_who_is_out_stays_out_since_the_first_moment(rig: Rig) -> None:
    await rig.control.post(OPTOUTS, {"email": "Bo@example.com"})
    rig.clock.advance(60)

    again = await rig.control.post(OPTOUTS, {"email": "bo@EXAMPLE.com"})

    assert (again.body["email"], again.body["at"]) == ("Bo@example.com", START)
    assert len((await rig.control.get(OPTOUTS)).body["entries"]) == 1


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (f"createdafter={START // 1000 - 1}", ["bo", "ann"]),
        (f"createdafter={START // 1000}", ["ann"]),
        (f"createdbefore={START // 1000 + 60}", ["bo"]),
        (f"createdafter={START - 1}", []),
        ("createdafter=0&createdbefore=99999999999", ["bo", "ann"]),
    ],
)
async def test_filters_take_seconds_unless_set_otherwise(
    rig: Rig, query: str, found: list[str]
) -> None:
    acton = await rig.acton()
    await rig.control.post(OPTOUTS, {"email": "bo@example.com"})
    rig.clock.advance(60)
    await rig.control.post(OPTOUTS, {"email": "ann@example.com"})

    reply = await acton.get(f"/api/1/list/optout?{query}")

    assert [one["email"].partition("@")[0] for one in reply.body["result"]] == found


async def test_filters_take_milliseconds_when_set_so(rig: Rig) -> None:
    acton = await rig.acton()
    await rig.control.post(OPTOUTS, {"email": "bo@example.com"})
    await rig.control.post("/control/settings", {"suppression_time_unit": "ms"})

    later = await acton.get(f"/api/1/list/optout?createdafter={START}")
    earlier = await acton.get(f"/api/1/list/optout?createdafter={START - 1}")
    words = await acton.get("/api/1/list/optout?createdafter=yesterday")

    assert (later.body["count"], earlier.body["count"]) == (0, 1)
    assert (words.status, words.body["errorCode"]) == (400, 10160)


async def test_pages_go_on_until_one_is_short(rig: Rig) -> None:
    acton = await rig.acton()
    for number in range(5):
        await rig.control.post(OPTOUTS, {"email": f"p{number}@example.com"})

    pages = [
        (await acton.get(f"/api/1/list/optout?count=2&offset={offset}")).body
        for offset in (0, 2, 4)
    ]

    assert [(page["offset"], page["count"]) for page in pages] == [(0, 2), (2, 2), (4, 1)]
    emails = [one["email"] for page in pages for one in page["result"]]
    assert emails == [f"p{number}@example.com" for number in range(5)]


async def test_an_upload_opts_out_whom_it_can_and_counts_the_rest(rig: Rig) -> None:
    acton = await rig.acton()
    await rig.control.post(OPTOUTS, {"email": "old@example.com", "origin": "before"})
    text = '\ufeffE-mail Address\r\n"bo@example.com"\r\n\r\nnobody\r\nold@example.com\r\n'

    reply = await _upload(acton, "/api/1/list/optout", text)
    result = (await acton.get("/api/1/list/optout")).body["result"]

    assert reply.status == 200
    file = reply.body.pop("rejectedRecordsUrl")
    assert file.startswith("bad_optout_records_40042_")
    assert reply.body == {
        "status": "success",
        "message": "2 invalid or empty records rejected. 2 valid records processed.",
        "emptyRecords": 1,
        "rejectedRecords": 1,
    }
    assert [(one["email"], one["origin"]) for one in result] == [
        ("old@example.com", "before"),
        ("bo@example.com", "User: Bo Example via Act-On API"),
    ]
    (effect,) = rig.effects("optout.added")
    assert effect["subject"] == {"email": "bo@example.com"}
    assert effect["content"] == {"origin": "User: Bo Example via Act-On API"}


async def test_a_person_who_opts_out_is_no_effect_and_no_list_changes(rig: Rig) -> None:
    people = "/control/acton/lists/l-0042/contacts"
    await rig.control.post(people, {"email": "bo@example.com", "opted_out": "No"})
    before = (await rig.control.get(people)).body

    await rig.control.post(OPTOUTS, {"email": "bo@example.com"})

    assert rig.written() == []
    assert (await rig.control.get(people)).body == before


@pytest.mark.parametrize(("text", "name"), [("", "file"), ("bo@example.com", "File")])
async def test_an_upload_without_its_file_is_refused(rig: Rig, text: str, name: str) -> None:
    acton = await rig.acton()

    reply = await _upload(acton, "/api/1/list/optout", text, name)

    assert (reply.status, reply.body["errorCode"]) == (400, 10003)
    assert rig.written() == []


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("multipart/form-data", b"bo@example.com"),
        ("multipart/form-data; boundary=x", b"bo@example.com"),
        ("application/json", b'{"file": "bo@example.com"}'),
        ("application/x-www-form-urlencoded", b"file=bo@example.com"),
        ("multipart/form-data; boundary=x", b"--x\r\ncontent-disposition: form-data\r\n\r\n\xff"),
    ],
)
async def test_a_body_that_is_no_upload_is_refused(
    rig: Rig, content_type: str, body: bytes
) -> None:
    acton = await rig.acton()
    headers = {**acton.headers, "Content-Type": content_type}

    async with rig.http.put(f"{acton.url}/api/1/list/optout", data=body, headers=headers) as answer:
        said = await answer.json()

    assert (answer.status, said["errorCode"]) == (400, 10003)


async def test_opting_in_by_upload_needs_what_support_switches_on(rig: Rig) -> None:
    acton = await rig.acton()
    await rig.control.post(OPTOUTS, {"email": "bo@example.com"})

    refused = await _upload(acton, "/api/1/list/optin", "bo@example.com\n")
    await rig.control.post("/control/settings", {"acton_features": ["optin"]})
    done = await _upload(acton, "/api/1/list/optin", "BO@example.com\nann@example.com\n")

    assert refused.status == 403
    assert refused.body["moreInformation"] == "PUBLIC_API_FEATURE_NOT_ENABLED"
    assert (done.status, done.body["rejectedRecordsUrl"]) == (200, "")
    assert (await acton.get("/api/1/list/optout")).body["result"] == []
    assert [one["subject"] for one in rig.effects("optout.removed")] == [
        {"email": "BO@example.com"}
    ]


async def test_somebody_taken_off_by_hand_may_opt_out_again(rig: Rig) -> None:
    await rig.control.post(OPTOUTS, {"email": "bo@example.com"})
    rig.clock.advance(60)

    gone = await rig.control.delete(f"{OPTOUTS}/bo%40example.com")
    again = await rig.control.delete(f"{OPTOUTS}/bo%40example.com")
    back = await rig.control.post(OPTOUTS, {"email": "bo@example.com"})
    nobody = await rig.control.post(OPTOUTS, {"email": "nobody"})

    assert (gone.status, again.status, nobody.status) == (200, 404, 400)
    assert back.body["at"] == START + 60_000


async def test_another_account_has_lists_of_its_own(rig: Rig) -> None:
    await rig.control.post(OPTOUTS, {"email": "bo@example.com"})
    stranger = await rig.acton(account_id="7")

    assert (await stranger.get("/api/1/list/optout")).body["result"] == []
