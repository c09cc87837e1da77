"""Act-On's list records: positional to read, keyed by heading to write."""

from dragoman.kernel.jsons import Json
from dragoman.simulator.acton import answers, jobs
from dragoman.simulator.acton.call import Call
from dragoman.simulator.acton.state import MarketingList, Record
from dragoman.simulator.exchange import Answer, as_json
from dragoman.simulator.routes import Route

MOST = 100
"""Records that one call may delete."""


def get(call: Call) -> Answer:
    """A bare array; it means something only beside the headers of a download."""
    one, record = known(call)
    return as_json(200, one.row(record))


def lookup(call: Call) -> Answer:
    """The first record of an address, by heading; a visitor's cookie wins over the address.

    A refusal without a body is what the documents declare.
    """
    one, query = call.marketing_list(), call.request.query
    email = query.get("email", "")
    if query.get("cookieid"):
        email = call.own.visitors.get(query["cookieid"], "")
    record = one.first_with(email)
    if record is None:
        return Answer(400)
    values = {heading: record.values.get(heading, "") for heading in one.headings}
    zone = record.values.get("Time Zone") or call.own.time_zone
    return as_json(200, {"contactID": record.id, **values, ".tz": zone})


def lookup_by_cookie(call: Call) -> Answer:
    """The first record of whoever has the cookie, in any list; only its id is published."""
    email = call.own.visitors.get(call.request.query.get("cookie", ""), "")
    mine = (one for one in call.state.lists.values() if one.account == call.account)
    found = next((record for one in mine if (record := one.first_with(email))), None)
    if found is None or not email:
        return Answer(400)
    return as_json(200, {"contactID": found.id})


def upsert(call: Call) -> Answer:
    """Update the first record of that address, or insert one; further duplicates stay."""
    one = call.marketing_list()
    email = call.request.query.get("email", "").strip()
    if not email:
        raise answers.missing("email")
    values = _values(one, call.body())
    record = one.first_with(email)
    new = record is None
    if record is None:
        record = one.insert({one.email_heading: email} | values, call.now)
        call.record("record.inserted", subject(one, record), dict(record.values))
    else:
        one.change(record, values, call.now)
        call.record("record.updated", subject(one, record), values)
    if call.request.query.get("async") == "Y":
        return _job(call, one, new=new)
    return _done(record, "Record inserted" if new else "Record updated")


def create(call: Call) -> Answer:
    """Insert without a look at duplicates: repeating it makes a second record."""
    one = call.marketing_list()
    record = one.insert(_values(one, call.body()), call.now)
    call.record("record.inserted", subject(one, record), dict(record.values))
    return _done(record, "Record inserted")


def update(call: Call) -> Answer:
    one, record = known(call)
    values = _values(one, call.body())
    one.change(record, values, call.now)
    call.record("record.updated", subject(one, record), values)
    return as_json(200, {"status": "success", "message": "Record updated"})


def delete(call: Call) -> Answer:
    one, record = known(call)
    _deleted(call, one, record.id)
    return as_json(200, {"status": "success", "message": "Record deleted"})


def delete_many(call: Call) -> Answer:
    """What cannot be deleted is told beside what was: as text, though it is JSON."""
    one, asked = call.marketing_list(), call.request.query.get("contactids", "")
    ids = [text.strip() for text in asked.split(",") if text.strip()]
    if not ids:
        raise answers.missing("contactids")
    if len(ids) > MOST:
        raise answers.invalid("contactids")
    failed = [record_id for record_id in ids if not _deleted(call, one, record_id)]
    body: dict[str, Json] = {
        "success_count": len(ids) - len(failed),
        "fail_count": len(failed),
        "failedList": [{"id": text, "reason": "Invalid contact id"} for text in failed],
    }
    answer = as_json(200, body)
    if failed:
        answer.content_type = "text/plain; charset=utf-8"
    return answer


def subject(one: MarketingList, record: Record) -> dict[str, str]:
    """How the ledger names a record."""
    phone = record.values.get(one.heading("CELL_PHONE") or "", "")
    return {
        "record_id": record.id,
        "list_id": one.id,
        "email": one.email_of(record),
        "phone": phone,
    }


def known(call: Call) -> tuple[MarketingList, Record]:
    """The list and the record of the path."""
    one = call.marketing_list()
    record = one.records.get(call.params["recordid"])
    if record is None:
        raise answers.no_contact()
    return one, record


def _deleted(call: Call, one: MarketingList, record_id: str) -> bool:
    record = one.delete(record_id, call.now)
    if record is None:
        return False
    call.record("record.deleted", subject(one, record), {})
    return True


def _values(one: MarketingList, body: dict[str, Json]) -> dict[str, str]:
    """Headings verbatim or system names; one unknown key fails the whole call."""
    values = {}
    for key, value in body.items():
        heading = one.heading(key)
        if heading is None:
            raise answers.no_column()
        values[heading] = "" if value is None else str(value)
    return values


def _job(call: Call, one: MarketingList, *, new: bool) -> Answer:
    """With `async=Y` a job id comes instead of the record's."""
    job = jobs.start(call, jobs.LIST)
    counts = {"appendCount": int(new), "updateCount": int(not new), "failedCount": 0}
    job.details = {"status": "ok", "listId": one.id, **counts, "rejectedCount": 0}
    return as_json(200, {"status": "success", "message": "Job started", "jobId": job.id})


def _done(record: Record, message: str) -> Answer:
    done = {"status": "success", "message": message, "id": record.id, "contact_id": record.id}
    return as_json(200, done)


ROUTES = (
    Route("GET", "/api/1/list/lookup", lookup_by_cookie),
    Route("GET", "/api/1/list/lookup/{listid}", lookup),
    Route("GET", "/api/1/list/{listid}/record/{recordid}", get),
    Route("PUT", "/api/1/list/{listid}/record/{recordid}", update),
    Route("DELETE", "/api/1/list/{listid}/record/{recordid}", delete),
    Route("DELETE", "/api/1/list/{listid}/record", delete_many),
    Route("PUT", "/api/1/list/{listid}/record", upsert),
    Route("POST", "/api/1/list/{listid}/record", create),
)
