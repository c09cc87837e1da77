"""What people have made in Act-On: users, programs, forms, media, visitors' cookies."""

from typing import Any

import aiohttp
import pytest

from tests.simulator.conftest import Door, Rig

EVE = {
    "userType": "Sales",
    "email": "eve@example.com",
    "firstName": "Eve",
    "lastName": "Example",
    "password": "secret",
}


@pytest.fixture
async def acton(rig: Rig) -> Door:
    rig.world.settings = rig.world.settings.changed({"acton_limit": 100})
    return await rig.acton()


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({}, "ok"),
        ({"userType": "Boss"}, "userType invalid"),
        ({"password": "short"}, "password invalid"),
        ({"password": "x" * 31}, "password invalid"),
        ({"lastName": ""}, "missing parameter: lastName"),
    ],
)
async def test_each_user_is_answered_for_alone(
    rig: Rig, acton: Door, change: dict[str, str], status: str
) -> None:
    ann = {**EVE, "email": "ann@example.com"}

    reply = await acton.post("/api/1/user", [{**EVE, **change}, ann])

    assert [one["status"] for one in reply.body] == [status, "ok"]
    assert len(rig.effects("user.created")) == (2 if status == "ok" else 1)
    assert "secret" not in rig.ledger_file.read_text()


async def test_a_user_is_deleted_once(acton: Door) -> None:
    await acton.post("/api/1/user", [EVE])

    many = await acton.post("/api/1/user/delete", [{"email": "EVE@example.com"}])
    one = await acton.delete("/api/1/user/eve%40example.com")
    bare = await acton.post("/api/1/user", EVE)

    assert (many.status, one.status, bare.status) == (200, 404, 422)


@pytest.mark.parametrize("path", ["/api/1/account/senders", "/api/1/campaigns"])
async def test_lists_that_were_never_published_come_in_two_forms(
    rig: Rig, acton: Door, path: str
) -> None:
    wrapped = (await acton.get(path)).body
    await rig.control.post("/control/settings", {"acton_unpublished": "bare"})
    bare = (await acton.get(path)).body

    assert wrapped["result"] == bare != []


async def test_programs_are_listed_by_kind(rig: Rig, acton: Door) -> None:
    made = await rig.control.post(
        "/control/acton/programs", {"name": "Care", "kind": "LIST_MAINT", "lists": ["l-0042"]}
    )
    found = (await acton.get("/api/1/program?type=LIST_MAINT")).body
    replies = [
        await acton.get("/api/1/program"),
        await acton.get("/api/1/program?type=DREAM"),
        await acton.get("/api/1/campaigns/9"),
    ]

    (program,) = found["folders"][0]["programs"]
    assert (program["id"], program["srcNames"]) == (made.body["id"], ["Newsletter"])
    assert found["anyRunning"] is False
    assert [one.status for one in replies] == [422, 400, 404]


async def test_a_post_from_outside_counts_as_a_submission(acton: Door) -> None:
    path = "/acton/eform/40042/0005/d-ext-0001"
    outside = Door(acton.http, acton.url)
    values = {"email": "bo@example.com", "firstname": "Bo", "unknown": "x"}

    thanks = await outside.call("POST", path, form=values)
    nowhere = await outside.call("POST", path.replace("0005", "0006"), form=values)

    rows = (await acton.get("/api/1/list/l-form-0005")).body["data"]
    report = (await acton.get("/api/1/form/0005/report")).body
    assert (thanks.status, nowhere.status) == (200, 404)
    assert [row[1:] for row in rows] == [["Bo", "", "bo@example.com", ""]]
    assert (report["count"], report["result"][0]["source"]) == (1, "d-ext-0001")


async def test_an_unknown_form_has_its_own_code(acton: Door) -> None:
    for path in ("/api/1/form/0006/urls", "/api/1/form/0006/report"):
        reply = await acton.get(path)

        assert (reply.status, reply.body["errorCode"]) == (400, 10012)


async def test_documents_and_links_are_kept_in_folders(acton: Door) -> None:
    link = {"url": "https://example.com", "name": "Home", "foldername": "Links"}
    made = await acton.call("POST", "/api/1/medialink", form=link)
    document = await _upload(acton, "POST", "/api/1/media", "file", "guide.txt", name="Guide")
    folders = (await acton.get("/api/1/media/")).body

    assert {one["name"]: [row["name"] for row in one["entries"]] for one in folders} == {
        "Links": ["Home"],
        "Default Folder": ["Guide"],
    }
    assert "size" not in folders[0]["entries"][0]
    assert folders[1]["entries"][0]["size"] == "5"
    one = (await acton.get(f"/api/1/media/{made.body['id']}")).body
    assert one["target_url"] == "https://example.com"
    path = f"/api/1/media/{document.body['id']}"
    assert (await _upload(acton, "PUT", path, "File", "longer.txt")).status == 200
    assert [(await acton.delete(path)).status for _ in range(2)] == [200, 404]


async def test_what_is_no_document_is_refused_with_another_status_each(acton: Door) -> None:
    made = await _upload(acton, "POST", "/api/1/media", "file", "guide.txt", name="Guide")
    path = f"/api/1/media/{made.body['id']}"

    replies = [
        await _upload(acton, "POST", "/api/1/media", "file", "virus.exe", name="Virus"),
        await _upload(acton, "PUT", path, "File", "virus.exe"),
        await acton.call("POST", "/api/1/medialink", form={"url": "home", "name": "Home"}),
        await acton.get("/api/1/media/f-0"),
        await acton.delete("/api/1/media/f-0"),
    ]

    assert [(one.status, one.body["errorCode"]) for one in replies] == [
        *((403, 10085), (400, 10085), (400, 90004), (400, 10054), (404, 10054)),
    ]


async def test_views_are_counted_by_people_times_and_days(rig: Rig, acton: Door) -> None:
    link = {"url": "https://example.com", "name": "Home"}
    media = (await acton.call("POST", "/api/1/medialink", form=link)).body["id"]
    views = f"/control/acton/media/{media}/views"
    for _ in range(2):
        await rig.control.post(views, {"email": "bo@example.com"})
    rig.clock.advance(86_400)
    await rig.control.post(views)
    acton = await rig.acton()  # the other token has ended

    report = (await acton.get(f"/api/1/media/{media}/report/")).body
    people = (await acton.get(f"/api/1/media/{media}/report/views")).body
    days = (await acton.get(f"/api/1/media/{media}/report/timeline")).body

    assert (report["total_known_views"], report["unique_known_views"]) == (2, 1)
    assert [(one["recipient"], one["total_count"]) for one in people] == [
        ("bo@example.com", 2),
        ("Example ISP", 1),
    ]
    assert people[0]["tstamp"] == "Sep 21 2026 7:13 AM PDT"
    assert days == [
        {"date": "09/21/2026", "unique": 1, "total": 2, "known": 2, "unknown": 0},
        {"date": "09/22/2026", "unique": 1, "total": 1, "known": 0, "unknown": 1},
    ]


async def test_a_cookie_stands_for_an_address(rig: Rig, acton: Door) -> None:
    people = "/control/acton/lists/l-0042/contacts"
    await rig.control.post(people, {"contacts": [{"email": "bo@example.com"}, {"email": "a@b.c"}]})
    visitor = {"cookie": "c1", "email": "bo@example.com"}
    await rig.control.post("/control/acton/visitors", visitor)

    found = await acton.get("/api/1/list/lookup?cookie=c1")
    wins = await acton.get("/api/1/list/lookup/l-0042?cookieid=c1&email=a%40b.c")
    replies = [
        await acton.get("/api/1/list/lookup?cookie=c2"),
        await acton.get("/api/1/list/lookup/l-0042?cookieid=c2&email=a%40b.c"),
    ]

    assert (found.body, wins.body["contactID"]) == ({"contactID": "l-0042:1"}, "l-0042:1")
    assert [(one.status, one.raw) for one in replies] == [(400, b"")] * 2


async def _upload(acton: Door, method: str, path: str, field: str, file: str, **more: str) -> Any:
    form = aiohttp.FormData(default_to_multipart=True)
    for key, text in more.items():
        form.add_field(key, text)
    form.add_field(field, "hello", filename=file, content_type="text/plain")
    return await acton.call(method, path, form=form)
