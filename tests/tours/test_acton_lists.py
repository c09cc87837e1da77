"""Marketing Lists, their records and their uploads."""

import json
from pathlib import Path
from typing import Any

from tests.engine.rig import LIST
from tests.tours.travel import Tour, travel

SPECS = json.dumps(
    [
        {"columnHeading": "E-mail Address", "columnIndex": 0, "columnType": "EMAIL"},
        {"columnHeading": "First Name", "columnIndex": 1, "columnType": "FIRSTNAME"},
    ]
)
HEADINGS = "E-mail Address,First Name\n"


async def _rows(tour: Tour, listid: str) -> list[list[Any]]:
    return [row[1:] for row in (await tour.call("acton.lists.download", listid=listid))["data"]]


def test_a_list_is_made_of_a_file_merged_with_another_and_deleted(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        made = await tour.call(
            "acton.lists.create",
            listname="Leads",
            uploadspecs=SPECS,
            file=HEADINGS + "bo@example.com,Bo\nnobody,No\n",
        )
        job = await _finished(tour, made["jobId"])
        leads = job["listId"]
        assert (job["appendCount"], job["rejectedCount"]) == (1, 1)
        rejected = await tour.call(
            "acton.lists.download_rejected", filename=job["rejectedRecordsUrl"]
        )
        assert rejected["text"] == "nobody,No\n"

        merge = {"dstListId": leads, "mergeMode": "UPSERT", "mergeKeyHeading": "E-mail Address"}
        merged = await tour.call(
            "acton.lists.merge",
            listid=leads,
            uploadspecs=SPECS,
            mergespecs=json.dumps([merge]),
            file=HEADINGS + "BO@example.com,Robert\nann@example.com,Ann\n",
        )
        job = await _finished(tour, merged["jobId"])
        assert (job["appendCount"], job["updateCount"]) == (1, 1)
        rows = [["BO@example.com", "Robert"], ["ann@example.com", "Ann"]]
        assert await _rows(tour, leads) == rows

        await tour.call("acton.lists.delete", listid=leads)
        found = await tour.call("acton.lists.list")
        assert [one["id"] for one in found["result"]] == [LIST]
        await tour.call("acton.lists.delete", listid=leads)

    travel(tmp_path, story)


def test_a_list_without_a_file_is_empty(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        made = await tour.call("acton.lists.create", listname="Empty", uploadspecs=SPECS)

        assert await _rows(tour, made["id"]) == []

    travel(tmp_path, story)


def test_records_are_added_read_found_and_deleted(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        await tour.rig.control(
            "POST", "/control/acton/visitors", {"cookie": "c1", "email": "bo@example.com"}
        )
        bo = {"E-mail Address": "bo@example.com", "First Name": "Bo"}
        one = (await tour.call("acton.records.create", listid=LIST, record=bo))["id"]
        two = (await tour.call("acton.records.create", listid=LIST, record=bo))["id"]

        assert (await tour.call("acton.records.get", listid=LIST, recordid=one))[0] == one
        found = await tour.call("acton.records.find_by_cookie", cookie="c1")
        assert found["contactID"] == one
        by_cookie = await tour.call(
            "acton.records.find", listid=LIST, email="nobody@example.com", cookieid="c1"
        )
        assert by_cookie["contactID"] == one
        nobody = await tour.call("acton.records.find_by_cookie", cookie="c2")
        assert nobody == {}

        await tour.call("acton.records.delete", listid=LIST, recordid=one)
        gone = await tour.call("acton.records.delete_many", listid=LIST, contactids=f"{one},{two}")
        assert (gone["success_count"], gone["failedList"][0]["id"]) == (1, one)
        assert await _rows(tour, LIST) == []

    travel(tmp_path, story)


async def _finished(tour: Tour, job: str) -> dict[str, Any]:
    """What became of an upload, once its time has come."""
    await tour.rig.clock.sleep(3)
    details: dict[str, Any] = (await tour.call("acton.lists.job_status", jobid=job))["details"]
    return details
