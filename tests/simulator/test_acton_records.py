"""Act-On's records: positions to read, headings to write, the first match only."""

import pytest

from tests.simulator.conftest import START, Door, Rig

LIST = "/api/1/list/l-0042"
PEOPLE = "/control/acton/lists/l-0042/contacts"


@pytest.fixture
async def acton(rig: Rig) -> Door:
    """A client, and two rows: Bo an hour ago, Ann now."""
    hour_ago = START - 3_600_000
    bo = {"email": "bo@example.com", "first_name": "Bo", "created": hour_ago}
    ann = {"email": "ann@example.com", "first_name": "Ann", "phone": "+14155550101"}
    await rig.control.post(PEOPLE, {"contacts": [bo, ann]})
    return await rig.acton()


async def test_a_record_is_a_bare_array_and_its_colon_may_be_encoded(rig: Rig, acton: Door) -> None:
    plain = await acton.get(f"{LIST}/record/l-0042:1")
    encoded = await acton.get(f"{LIST}/record/l-0042%3A1")
    missing = await acton.get(f"{LIST}/record/l-0042:f")

    assert plain.body == encoded.body
    assert plain.body[:5] == ["l-0042:1", "Bo", "", "bo@example.com", ""]
    assert len(plain.body) == 1 + len(rig.world.acton.default_list.headings)
    assert (missing.status, missing.body["errorCode"]) == (400, 10008)


async def test_upsert_updates_by_heading_or_by_system_name(rig: Rig, acton: Door) -> None:
    rig.clock.advance(60)
    path = f"{LIST}/record?email=BO%40example.com"

    by_heading = await acton.put(path, {"First Name": "Bob"})
    by_name = await acton.put(path, {"LASTNAME": "Example", "CELL_PHONE": "+14155550100"})
    row = await acton.get(f"{LIST}?datequalifiers=true&modafter={START}")

    assert by_heading.body == {
        "status": "success",
        "message": "Record updated",
        "id": "l-0042:1",
        "contact_id": "l-0042:1",
    }
    assert by_name.body["id"] == "l-0042:1"
    assert row.body["data"][0][1:5] == ["Bob", "Example", "bo@example.com", "+14155550100"]
    assert row.body["data"][0][-2:] == [START - 3_600_000, START + 60_000]
    assert [e["content"] for e in rig.effects("record.updated")] == [
        {"First Name": "Bob"},
        {"Last Name": "Example", "Cell Phone": "+14155550100"},
    ]


async def test_upsert_inserts_who_is_not_there_under_the_address_asked_for(
    rig: Rig, acton: Door
) -> None:
    reply = await acton.put(f"{LIST}/record?email=eve%40example.com", {"First Name": "Eve"})
    inserted = rig.effects("record.inserted")[0]

    assert (reply.body["message"], reply.body["id"]) == ("Record inserted", "l-0042:3")
    assert inserted["subject"] == {
        "record_id": "l-0042:3",
        "list_id": "l-0042",
        "email": "eve@example.com",
    }
    assert inserted["content"] == {"E-mail Address": "eve@example.com", "First Name": "Eve"}


async def test_upsert_touches_the_first_of_several_duplicates_only(rig: Rig, acton: Door) -> None:
    await acton.post(f"{LIST}/record", {"EMAIL": "bo@example.com", "First Name": "Twin"})

    await acton.put(f"{LIST}/record?email=bo%40example.com", {"First Name": "Bob"})
    names = [row[1] for row in (await acton.get(LIST)).body["data"]]

    assert names == ["Bob", "Ann", "Twin"]
    assert len(rig.effects("record.inserted")) == 1


async def test_an_unknown_column_fails_the_whole_call_with_a_code_as_text(
    rig: Rig, acton: Door
) -> None:
    reply = await acton.put(
        f"{LIST}/record?email=bo%40example.com", {"First Name": "Bob", "Nickname": "B"}
    )

    assert (reply.status, reply.body["errorCode"]) == (400, "10010")
    assert rig.written() == []


async def test_upsert_needs_an_address_and_an_object(acton: Door) -> None:
    nobody = await acton.put(f"{LIST}/record", {"First Name": "Bob"})
    array = await acton.put(f"{LIST}/record?email=bo%40example.com", ["Bob"])

    assert (nobody.status, nobody.body["errorCode"]) == (422, 10121)
    assert (array.status, array.body["errorCode"]) == (400, 10008)


async def test_an_upsert_that_does_not_wait_answers_with_a_job(rig: Rig, acton: Door) -> None:
    reply = await acton.put(f"{LIST}/record?email=bo%40example.com&async=Y", {"LASTNAME": "E"})
    path = f"/api/1/list/{reply.body['jobId']}/status"

    before = await acton.get(path)
    rig.clock.advance(2)
    after = await acton.get(path)

    assert "id" not in reply.body
    assert len(rig.effects("record.updated")) == 1
    assert before.body == {"status": "success", "jobDetails": ""}
    counts = {"appendCount": 0, "updateCount": 1, "failedCount": 0, "rejectedCount": 0}
    assert after.body["details"] == {"status": "ok", "listId": "l-0042", **counts}


async def test_a_record_is_found_by_its_address(rig: Rig, acton: Door) -> None:
    await acton.put(f"{LIST}/record/l-0042:1", {"Time Zone": "Europe/Vienna"})
    path = "/api/1/list/lookup/l-0042"

    bo = await acton.get(f"{path}?email=BO%40example.com")
    ann = await acton.get(f"{path}?email=ann%40example.com")

    headings = dict.fromkeys(rig.world.acton.default_list.headings, "")
    assert bo.body == headings | {
        "contactID": "l-0042:1",
        "First Name": "Bo",
        "E-mail Address": "bo@example.com",
        "Time Zone": "Europe/Vienna",
        ".tz": "Europe/Vienna",
    }
    assert (ann.body["contactID"], ann.body[".tz"]) == ("l-0042:2", "America/Los_Angeles")


@pytest.mark.parametrize(
    "query", ["", "?email=eve%40example.com", "?cookieid=1&email=bo%40example.com"]
)
async def test_who_is_not_found_is_refused_without_a_word(acton: Door, query: str) -> None:
    reply = await acton.get(f"/api/1/list/lookup/l-0042{query}")

    assert (reply.status, reply.raw) == (400, b"")


async def test_a_record_changes_and_goes_by_its_id(rig: Rig, acton: Door) -> None:
    record = f"{LIST}/record/l-0042:1"

    changed = await acton.put(record, {"E-mail Address": "bob@example.com"})
    deleted = await acton.delete(record)
    again = await acton.delete(record)

    assert (changed.body["message"], deleted.body["message"]) == (
        "Record updated",
        "Record deleted",
    )
    assert again.status == 400
    assert rig.effects("record.deleted")[0]["subject"]["email"] == "bob@example.com"
