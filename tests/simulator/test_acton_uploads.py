"""Act-On's lists by upload: columns by index, modes of merging, rows that are rejected."""

import json
from typing import Any

import aiohttp
import pytest

from tests.simulator.conftest import Door, Reply, Rig

LISTS = "/api/1/list"
SPECS = [
    {"columnHeading": "E-mail Address", "columnIndex": 0, "columnType": "EMAIL"},
    {"columnHeading": "First Name", "columnIndex": 1, "columnType": "FIRSTNAME"},
]
FILE = "E-mail Address,First Name\nbo@example.com,Bo\nann@example.com,Ann\n"


async def upload(acton: Door, method: str, path: str, file: str | None, **more: Any) -> Reply:
    given = {"uploadspecs": json.dumps(SPECS), "quotecharacter": "DOUBLE_QUOTE", **more}
    form = aiohttp.FormData(default_to_multipart=True)
    for name, text in given.items():
        form.add_field(name, text)
    if file is not None:
        form.add_field("file", file, filename="people.csv", content_type="text/csv")
    return await acton.call(method, path, form=form)


async def create(acton: Door, file: str | None = FILE, **more: Any) -> Reply:
    return await upload(acton, "POST", LISTS, file, **{"listname": "Leads", **more})


async def merge(acton: Door, mode: str, file: str, **more: Any) -> Reply:
    key = {"mergeKeyHeading": "E-mail Address", **more.pop("spec", {})}
    spec = {"dstListId": "l-0043", "mergeMode": mode, **key}
    return await upload(
        acton, "PUT", f"{LISTS}/l-0043", file, mergespecs=json.dumps([spec]), **more
    )


async def rows(acton: Door, listid: str = "l-0043") -> list[list[str]]:
    return [row[1:] for row in (await acton.get(f"{LISTS}/{listid}")).body["data"]]


async def test_a_file_becomes_a_list_and_a_job_tells_of_it(rig: Rig) -> None:
    acton = await rig.acton()
    made = await create(acton)
    before = await acton.get(f"{LISTS}/{made.body['jobId']}/status")
    rig.clock.advance(2)
    after = await acton.get(f"{LISTS}/{made.body['jobId']}/status")

    assert "details" not in before.body
    assert after.body["details"] == {
        "status": "ok",
        "listId": "l-0043",
        "appendCount": 2,
        "updateCount": 0,
        "failedCount": 0,
        "rejectedCount": 0,
    }
    assert await rows(acton) == [["bo@example.com", "Bo"], ["ann@example.com", "Ann"]]
    found = await acton.get(f"{LISTS}/lookup/l-0043?email=BO@example.com")
    assert found.body["First Name"] == "Bo"


async def test_without_a_file_the_list_is_empty_and_known_at_once(rig: Rig) -> None:
    acton = await rig.acton()

    made = await create(acton, None)

    assert made.body == {"status": "success", "message": "List created", "id": "l-0043"}
    assert await rows(acton) == []


async def test_headings_of_ones_own_are_known_by_their_type(rig: Rig) -> None:
    acton = await rig.acton()
    specs = [{"columnHeading": "Contact", "columnIndex": 0, "columnType": "EMAIL"}]

    await create(acton, "Contact\nbo@example.com\n", uploadspecs=json.dumps(specs))
    changed = await acton.put(f"{LISTS}/l-0043/record?email=bo@example.com", {"EMAIL": "b@x.y"})

    assert changed.status == 200
    assert await rows(acton) == [["b@x.y"]]


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ("APPEND", [["Bo"], ["Ann"], ["Robert"], ["Eve"]]),
        ("APPEND_NO_DUPLICATES", [["Bo"], ["Ann"], ["Eve"]]),
        ("UPSERT", [["Robert"], ["Ann"], ["Eve"]]),
        ("UPDATE_ONLY", [["Robert"], ["Ann"]]),
        ("REPLACE", [["Robert"], ["Eve"]]),
    ],
)
async def test_a_mode_says_what_becomes_of_rows_that_are_there(
    rig: Rig, mode: str, expected: list[list[str]]
) -> None:
    acton = await rig.acton()
    await create(acton)

    await merge(acton, mode, "E-mail Address,First Name\nBO@example.com,Robert\neve@x.y,Eve\n")

    assert [row[1:] for row in await rows(acton)] == expected


async def test_columns_line_up_by_index_whatever_their_headings(rig: Rig) -> None:
    acton = await rig.acton()
    await create(acton, None)
    specs = [
        {"columnHeading": "First Name", "columnIndex": 0, "columnType": "FIRSTNAME"},
        {"columnHeading": "E-mail Address", "columnIndex": 1, "columnType": "EMAIL"},
    ]

    await merge(
        acton,
        "APPEND",
        "First Name,E-mail Address\nBo,bo@example.com\n",
        uploadspecs=json.dumps(specs),
    )

    assert await rows(acton) == [["Bo", "bo@example.com"]]  # into the wrong columns, silently


@pytest.mark.parametrize(("blanks", "name"), [("", "Bo"), ("N", "Bo"), ("Y", "")])
async def test_blanks_overwrite_only_when_said(rig: Rig, blanks: str, name: str) -> None:
    acton = await rig.acton()
    await create(acton)

    await merge(acton, "UPSERT", "bo@example.com,\n", headings="N", putEmptyValues=blanks)

    assert (await rows(acton))[0] == ["bo@example.com", name]


async def test_rows_without_an_address_are_rejected_and_kept(rig: Rig) -> None:
    acton = await rig.acton()
    made = await create(acton, "E-mail Address,First Name\nnobody,No\nbo@example.com,Bo\n")
    rig.clock.advance(2)

    details = (await acton.get(f"{LISTS}/{made.body['jobId']}/status")).body["details"]
    path = f"{LISTS}/rejectedUploadRecords"
    kept = await acton.get(f"{path}?filename={details['rejectedRecordsUrl']}")
    unknown = await acton.get(f"{path}?filename=x.csv")
    unnamed = await acton.get(path)

    assert (details["appendCount"], details["rejectedCount"]) == (1, 1)
    assert kept.raw == b"nobody,No\n"
    assert (unknown.status, unnamed.status) == (400, 422)


async def test_rejected_opt_outs_are_read_by_the_name_in_the_answer(rig: Rig) -> None:
    acton = await rig.acton()
    form = aiohttp.FormData()
    form.add_field("file", "bo@example.com\nnobody\n", filename="p.csv", content_type="text/csv")
    made = await acton.call("PUT", f"{LISTS}/optout", form=form)

    path = f"{LISTS}/rejectedUploadRecords?filename={made.body['rejectedRecordsUrl']}"

    assert (await acton.get(path)).raw == b"nobody\n"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"listname": ""}, (422, 10121)),
        ({"uploadspecs": ""}, (422, 10121)),
        ({"uploadspecs": "E-mail"}, (400, 10054)),
        ({"uploadspecs": json.dumps(SPECS[1:])}, (400, "10010")),
        ({"quotecharacter": "STAR"}, (400, 10054)),
        ({"file": "Email,First Name\nbo@example.com,Bo\n"}, (400, "10010")),
    ],
)
async def test_a_list_that_does_not_fit_is_not_made(
    rig: Rig, change: dict[str, str], said: tuple[int, Any]
) -> None:
    acton = await rig.acton()

    reply = await create(acton, **change)

    assert (reply.status, reply.body["errorCode"]) == said
    assert "l-0043" not in rig.world.acton.lists


@pytest.mark.parametrize(
    ("spec", "code"),
    [
        ({"dstListId": "l-0099"}, 10025),
        ({"mergeMode": "MIX"}, 10054),
        ({"mergeKeyHeading": "Nickname"}, 10088),
    ],
)
async def test_a_merge_that_does_not_fit_changes_nothing(
    rig: Rig, spec: dict[str, str], code: int
) -> None:
    acton = await rig.acton()
    await create(acton)
    before = await rows(acton)

    reply = await merge(acton, "UPSERT", FILE, spec=spec)
    none = await upload(acton, "PUT", f"{LISTS}/l-0099", FILE, mergespecs="[{}]")

    assert (reply.status, reply.body["errorCode"]) == (400, code)
    assert (none.status, none.body["errorCode"]) == (400, 10004)
    assert await rows(acton) == before


async def test_a_deleted_list_is_gone(rig: Rig) -> None:
    acton, stranger = await rig.acton(), await rig.acton(account_id="7")
    await create(acton)

    foreign = await stranger.delete(f"{LISTS}/l-0043")
    deleted = await acton.delete(f"{LISTS}/l-0043")
    again = await acton.delete(f"{LISTS}/l-0043")

    assert [one.status for one in (foreign, deleted, again)] == [400, 200, 400]
    assert again.body["errorCode"] == 10004
    assert len(rig.effects("list.deleted")) == 1


async def test_several_records_are_deleted_and_what_failed_is_told_as_text(rig: Rig) -> None:
    acton = await rig.acton()
    await create(acton)
    rig.clock.advance(1)

    some = await acton.delete(f"{LISTS}/l-0043/record?contactids=l-0043:1,l-0043:f")
    rest = await acton.delete(f"{LISTS}/l-0043/record?contactids=l-0043:2")
    many = await acton.delete(f"{LISTS}/l-0043/record?contactids={'a,' * 101}")
    none = await acton.delete(f"{LISTS}/l-0043/record")

    assert some.headers["content-type"].startswith("text/plain")
    assert json.loads(some.raw) == {
        "success_count": 1,
        "fail_count": 1,
        "failedList": [{"id": "l-0043:f", "reason": "Invalid contact id"}],
    }
    rig.clock.advance(1)
    assert rest.body == {"success_count": 1, "fail_count": 0, "failedList": []}
    assert (many.status, none.status) == (400, 422)
    assert await rows(acton) == []
