"""Act-On's marketing lists: what there is, and the rows of one."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from dragoman.kernel.clock import Millis
from dragoman.kernel.jsons import Json
from dragoman.simulator.acton import answers, filters
from dragoman.simulator.acton.call import Call
from dragoman.simulator.acton.mail import Kind
from dragoman.simulator.acton.state import MarketingList, Record
from dragoman.simulator.exchange import Answer, as_json
from dragoman.simulator.routes import Route

ID_COLUMN = "_contact_id_"
DATE_COLUMNS = ("__created_date", "__modified_date")
MESSAGES: dict[str, Kind] = {
    "draft_message": "DRAFT",
    "template_message": "TEMPLATE",
    "sent_message": "SENT",
    "triggered_message": "TRIGGERED",
    "failed_message": "FAILED",
    "scheduled_message": "SCHEDULED",
}
BOUNDS = ("modafter", "modbefore", "createdafter", "createdbefore")


def every(call: Call) -> Answer:
    """The account's lists, messages, senders or media; of other kinds there are none."""
    kind = call.request.query.get("listingtype", "").lower()
    if not kind:
        raise answers.missing("listingtype")
    found = list(_assets(call, kind))
    offset, count = filters.page(call)
    shown = found[offset : offset + count]
    page = {"offset": offset, "count": len(shown), "totalCount": len(found), "result": shown}
    return as_json(200, page)


def _assets(call: Call, kind: str) -> Iterator[dict[str, Json]]:
    """What is not a list is shown by id and name alone, which is a guess."""
    own = call.own
    if kind == "contact_list":
        mine = (one for one in call.state.lists.values() if one.account == call.account)
        yield from map(_listed, mine)
    elif kind in MESSAGES:
        for message in own.mailing.listed(MESSAGES[kind]):
            yield {"id": message.id, "name": message.title, "tsLastModified": message.at}
    elif kind == "sender":
        yield from ({"id": one.id, "name": one.name} for one in own.mailing.senders)
    elif kind == "media":
        yield from ({"id": one.id, "name": one.name} for one in own.assets.media.values())


def download(call: Call) -> Answer:
    """Rows by position, aligned with `headers`; at most 1,000 of them."""
    one = call.marketing_list()
    bounds = filters.bounds(call, BOUNDS, call.world.settings.time_unit)
    rows = [record for record in one.records.values() if _within(record, bounds)]
    offset, count = filters.page(call)
    page = rows[offset : offset + count]
    headings, dated = _columns(call, one)
    headers = [ID_COLUMN, *headings, *(DATE_COLUMNS if dated else ())]
    data = [_row(record, headings, dated=dated) for record in page]
    if call.request.query.get("responseformat", "").upper() == "CSV":
        return _csv(headers, data)
    return as_json(
        200,
        {
            "listId": one.id,
            "offset": offset,
            "count": len(data),
            "totalCount": len(rows),
            "emailColumn": _place(headers, one.email_heading),
            "headers": headers,
            "data": data,
        },
    )


def _columns(call: Call, one: MarketingList) -> tuple[tuple[str, ...], bool]:
    """`fields` picks columns; `datequalifiers` adds two and puts `fields` out of force."""
    query = call.request.query
    if query.get("datequalifiers", "").lower() == "true":
        return one.headings, True
    if not query.get("fields"):
        return one.headings, False
    picked = tuple(query["fields"].split(";"))
    if any(heading not in one.headings for heading in picked):
        raise answers.no_column()
    return picked, False


def _within(record: Record, bounds: dict[str, Millis]) -> bool:
    return (
        record.modified > bounds.get("modafter", -1)
        and record.created > bounds.get("createdafter", -1)
        and record.modified < bounds.get("modbefore", record.modified + 1)
        and record.created < bounds.get("createdbefore", record.created + 1)
    )


def _row(record: Record, headings: tuple[str, ...], *, dated: bool) -> list[Any]:
    dates = (record.created, record.modified) if dated else ()
    return [record.id, *(record.values.get(heading, "") for heading in headings), *dates]


def _place(headers: list[str], heading: str) -> int:
    return headers.index(heading) if heading in headers else -1


def _csv(headers: list[str], data: list[list[Any]]) -> Answer:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([headers, *data])
    return Answer(200, text.getvalue().encode(), "text/csv; charset=utf-8")


def _listed(one: MarketingList) -> dict[str, Json]:
    return {
        "id": one.id,
        "name": one.name,
        "folderName": "Default Folder",
        "sourceId": one.id,
        "baseId": one.id,
        "description": "",
        "sourceSize": str(len(one.records)),
        "sourceName": one.name,
        "tsLastModified": one.modified,
        "tsLastCounted": one.modified,
        "tsSource": one.modified,
        "bIsSingleton": False,
        "bIsList": True,
        "bIsSforce": False,
    }


ROUTES = (
    Route("GET", "/api/1/list", every),
    Route("GET", "/api/1/list/{listid}", download),
)
