"""Imports of contacts: a definition, a file, and some time until it is taken in."""

from typing import Any

import aiohttp
import pytest

from tests.simulator.book import client, put
from tests.simulator.conftest import Door, OwnClock, Reply, Rig

IMPORT = "/ucl/v2/40042/import"


@pytest.fixture
async def acton(rig: Rig) -> Door:
    return await client(rig)


def mapping(source: str, target: str, *, overwrite: bool = True, **more: str) -> dict[str, Any]:
    return {"csvColumn": source, "actonColumn": target, "overwriteExistingValue": overwrite, **more}


EMAIL = mapping("email", "E-mail Address")


async def define(acton: Door, *mappings: dict[str, Any], **more: Any) -> Reply:
    asked = {"accountId": "40042", "importDefinitionName": "Daily", "mergeStrategy": "EMAIL"}
    return await acton.post(f"{IMPORT}/definition", asked | {"mappings": list(mappings)} | more)


async def start(acton: Door, made: Reply, file: str, query: str = "") -> Reply:
    """Send a file; the answer calls itself a text."""
    form = aiohttp.FormData()
    form.add_field("file", file.encode(), filename="contacts.csv", content_type="text/csv")
    number = made.body["data"]["importDefinitionId"]
    return await acton.call("POST", f"{IMPORT}/contacts/{number}{query}", form=form)


async def finished(acton: Door, clock: OwnClock, begun: Reply) -> dict[str, Any]:
    clock.advance(60)
    reply = await acton.get(f"{IMPORT}/status/{import_id(begun)}")
    return dict(reply.body["data"])


def import_id(begun: Reply) -> str:
    assert begun.status == 200, begun.raw
    return begun.raw.decode().partition('"importId":"')[2].partition('"')[0]


async def emails(acton: Door) -> list[str]:
    listed = await acton.get("/ucl/v2/40042/contact/")
    return [one.get("email", "") for one in listed.body["data"]]


async def test_rows_come_in_when_the_import_is_over(rig: Rig, acton: Door, clock: OwnClock) -> None:
    await put(rig, {"email": "bo@example.com", "first_name": "Bo"})
    made = await define(acton, EMAIL, mapping("name", "First Name"), importSegmentIds=["g-000b"])

    begun = await start(
        acton, made, "email,name\nBO@example.com,Robert\nann@example.com,Ann\n,Cy\n"
    )
    running = await acton.get(f"{IMPORT}/status/{import_id(begun)}")
    early = await emails(acton)
    over = await finished(acton, clock, begun)

    assert begun.headers["content-type"] == "text/plain"
    assert (running.body["data"]["importStatus"], early) == ("RUNNING", ["bo@example.com"])
    assert over["importStatus"] == "COMPLETED"
    counts = ("submittedCount", "createdCount", "updatedCount", "failedCount", "rejectedCount")
    assert [over[name] for name in counts] == [3, 1, 1, 0, 1]
    assert await emails(acton) == ["BO@example.com", "ann@example.com"]
    joined = await acton.get("/ucl/v2/40042/segment/g-000b/contacts")
    assert [one["firstName"] for one in joined.body["data"]] == ["Robert", "Ann"]
    assert len(rig.effects("contact.created")) == 1


async def test_a_cell_overwrites_only_where_the_mapping_says_so(
    rig: Rig, acton: Door, clock: OwnClock
) -> None:
    await put(rig, {"email": "bo@example.com", "first_name": "Bo", "last_name": "Example"})
    made = await define(
        acton,
        EMAIL,
        mapping("first", "First Name", overwrite=False),
        mapping("last", "Last Name"),
        mapping("company", "Company", overwrite=False),
    )

    begun = await start(acton, made, "email,first,last,company\nbo@example.com,Rob,,Example Ltd\n")
    await finished(acton, clock, begun)

    (bo,) = (await acton.get("/ucl/v2/40042/contact/email/bo%40example.com")).body["data"]
    assert (bo["firstName"], bo["company"], "lastName" in bo) == ("Bo", "Example Ltd", False)


async def test_dates_are_read_by_their_pattern_and_wrong_ones_fail(
    acton: Door, clock: OwnClock
) -> None:
    born = mapping("born", "Date of Birth", dataFormat="dd.MM.yyyy")
    made = await define(acton, EMAIL, born, delimiter="SEMI_COLON", quote="SIMPLE_QUOTE")

    text = "email;born\n'bo@example.com';24.12.1990\nann@example.com;yesterday\n"
    over = await finished(acton, clock, await start(acton, made, text))

    (bo,) = (await acton.get("/ucl/v2/40042/contact/")).body["data"]
    assert (bo["dateOfBirth"], over["createdCount"], over["failedCount"]) == ("1990-12-24", 1, 1)


async def test_outside_ids_can_say_who_a_row_is(rig: Rig, acton: Door, clock: OwnClock) -> None:
    (known,) = await put(rig, {"fields": {"externalId": "1", "objectType": "Contact"}})
    made = await define(
        acton,
        EMAIL,
        mapping("key", "ExternalId"),
        mergeStrategy="EXTERNAL_ID",
        objectType="Contact",
    )

    begun = await start(
        acton, made, "email,key\nbo@example.com,1\nann@example.com,2\ncy@example.com,\n"
    )
    over = await finished(acton, clock, begun)

    one = await acton.get("/ucl/v2/40042/contact/externalId/Contact/1")
    assert (one.body["id"], one.body["email"]) == (known, "bo@example.com")
    assert [over[name] for name in ("createdCount", "updatedCount", "rejectedCount")] == [1, 1, 1]


@pytest.mark.parametrize(
    ("mappings", "more"),
    [
        ([mapping("email", "Nickname")], {}),
        ([mapping("name", "First Name")], {}),
        ([EMAIL, mapping("born", "Date of Birth")], {}),
        ([EMAIL], {"mergeStrategy": "EXTERNAL_ID", "objectType": "Contact"}),
        ([EMAIL, mapping("key", "ExternalId")], {"mergeStrategy": "EXTERNAL_ID"}),
        ([EMAIL], {"mergeStrategy": "PHONE"}),
        ([EMAIL], {"importSegmentIds": ["g-00ff"]}),
        ([EMAIL], {"accountId": "7"}),
        ([EMAIL], {"delimiter": "PIPE"}),
        ([{"csvColumn": "email"}], {}),
    ],
)
async def test_a_definition_that_cannot_work_is_refused(
    acton: Door, mappings: list[dict[str, Any]], more: dict[str, Any]
) -> None:
    reply = await define(acton, *mappings, **more)

    assert (reply.status, reply.body) == (400, {})
    assert (await acton.get(f"{IMPORT}/definition")).body["data"] == []


async def test_definitions_are_kept_changed_and_deleted(acton: Door) -> None:
    made = await define(acton, EMAIL)
    number = made.body["data"]["importDefinitionId"]
    one = f"{IMPORT}/definition/{number}"
    asked = {
        "accountId": "40042",
        "importDefinitionName": "Weekly",
        "mappings": [EMAIL],
        "mergeStrategy": "EMAIL",
    }

    changed = await acton.put(one, asked)
    read = await acton.get(one)
    gone = await acton.delete(one)

    assert (made.body["data"]["delimiter"], made.body["data"]["objectType"]) == ("COMMA", None)
    assert read.body == changed.body
    assert read.body["data"]["importDefinitionName"] == "Weekly"
    assert (gone.status, (await acton.get(one)).status) == (200, 404)
    assert (await acton.delete(one)).status == 400


async def test_a_column_that_the_file_lacks_is_named(acton: Door) -> None:
    made = await define(acton, EMAIL, mapping("name", "First Name"))

    reply = await start(acton, made, "email\nbo@example.com\n")

    assert reply.status == 400
    (said,) = reply.body["errors"]
    assert said.startswith("CSV Column(s) was not found: name. ")


async def test_a_definition_may_go_with_its_import(acton: Door, clock: OwnClock) -> None:
    made = await define(acton, EMAIL)

    begun = await start(acton, made, "email\nbo@example.com\n", "?cleanupImportDefinition=true")
    again = await start(acton, made, "email\nbo@example.com\n")
    unread = await acton.get(f"{IMPORT}/status/0000")

    assert (await finished(acton, clock, begun))["createdCount"] == 1
    assert (again.status, unread.status) == (400, 400)


async def test_what_is_no_text_cannot_be_processed(acton: Door) -> None:
    made = await define(acton, EMAIL)
    form = aiohttp.FormData()
    form.add_field("file", b"\xff\xfe\x00", filename="contacts.csv")

    number = made.body["data"]["importDefinitionId"]
    reply = await acton.call("POST", f"{IMPORT}/contacts/{number}", form=form)

    assert (reply.status, reply.raw) == (403, b"")
