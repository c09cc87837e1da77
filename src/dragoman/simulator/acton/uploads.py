"""Act-On's lists by upload: made of a file, merged with one, deleted, and what was rejected."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from dragoman.kernel import jsons
from dragoman.kernel.clock import Millis
from dragoman.simulator.acton import answers, forms, jobs
from dragoman.simulator.acton.call import Call
from dragoman.simulator.acton.consent import fold
from dragoman.simulator.acton.forms import Form
from dragoman.simulator.acton.state import MarketingList, Record
from dragoman.simulator.acton.touchpoint_files import QUOTES, SEPARATORS
from dragoman.simulator.exchange import Answer, as_json
from dragoman.simulator.routes import Route

MODES = ("APPEND", "APPEND_NO_DUPLICATES", "UPSERT", "UPDATE_ONLY", "REPLACE")


@dataclass(frozen=True, slots=True)
class Column:
    heading: str
    place: int
    kind: str


@dataclass(slots=True)
class Work:
    """Rows on their way into a list; columns line up with its headings by index."""

    target: MarketingList
    columns: list[Column]
    mode: str = "APPEND"
    key: int = 0
    """The place of what tells rows apart."""
    blanks: bool = False
    """Whether what is empty is written, too."""
    appended: int = 0
    updated: int = 0

    def run(self, rows: list[list[str]], now: Millis) -> None:
        if self.mode == "REPLACE":
            for record_id in list(self.target.records):
                self.target.delete(record_id, now)
        for row in rows:
            self._take(row, now)

    def _take(self, row: list[str], now: Millis) -> None:
        values = {
            heading: row[one.place]
            for one, heading in zip(self.columns, self.target.headings, strict=False)
            if one.place < len(row) and (row[one.place] or self.blanks)
        }
        known = None if self.mode in ("APPEND", "REPLACE") else self._alike(row)
        if known is None and self.mode != "UPDATE_ONLY":
            self.target.insert(values, now)
            self.appended += 1
        elif known is not None and self.mode != "APPEND_NO_DUPLICATES":
            self.target.change(known, values, now)
            self.updated += 1

    def _alike(self, row: list[str]) -> Record | None:
        """The first record with the same value in the column of the key."""
        if self.key >= min(len(row), len(self.target.headings)):
            return None
        heading, wanted = self.target.headings[self.key], fold(row[self.key])
        known = self.target.records.values()
        return next((one for one in known if fold(one.values.get(heading, "")) == wanted), None)


def create(call: Call) -> Answer:
    """A list of what a file holds, or an empty one; without a file its id is told at once."""
    form = forms.read(call.request)
    name, columns = form.need("listname"), _columns(form)
    form.word("quotecharacter", QUOTES)
    rows = _rows(form, columns) if form.files.get("file") else None
    made = call.state.add_list(call.account, name, tuple(one.heading for one in columns))
    made.types = {one.heading: one.kind for one in columns}
    call.record("list.created", {"list_id": made.id}, {"name": name})
    if rows is None:
        return as_json(200, {"status": "success", "message": "List created", "id": made.id})
    return _worked_off(call, Work(made, columns), rows)


def merge(call: Call) -> Answer:
    """Work a file into the list that `mergespecs` names.

    Columns line up by index, so a file in another order writes values into wrong columns. It is
    done at once here; only the job's details come later.
    """
    call.marketing_list()
    form = forms.read(call.request)
    columns = _columns(form)
    form.word("quotecharacter", QUOTES)
    spec = _array(form, "mergespecs")[0]
    target = call.state.lists.get(str(spec.get("dstListId")))
    if target is None or target.account != call.account:
        raise answers.numbered(400, 10025, "merge destination list invalid or missing")
    mode = spec.get("mergeMode")
    if mode not in MODES:
        raise answers.invalid("mergeMode")
    keys = [one.place for one in columns if one.heading == spec.get("mergeKeyHeading")]
    if not keys and mode != "APPEND":
        raise answers.numbered(400, 10088, "merge column missing from the file")
    work = Work(target, columns, mode, keys[0] if keys else 0, form.get("putEmptyValues") == "Y")
    return _worked_off(call, work, _rows(form, columns))


def delete(call: Call) -> Answer:
    """What a success says was never published; the body here is a guess."""
    one = call.marketing_list()
    del call.state.lists[one.id]
    call.record("list.deleted", {"list_id": one.id}, {"name": one.name})
    return as_json(200, {"status": "success", "message": "List deleted"})


def rejected(call: Call) -> Answer:
    """The rows of an upload that were no good, by the name of their file."""
    name = call.request.query.get("filename", "")
    if not name:
        raise answers.missing("filename")
    if name not in call.own.rejected:
        raise answers.no_file()
    return Answer(200, call.own.rejected[name].encode(), "text/csv; charset=utf-8")


def _columns(form: Form) -> list[Column]:
    """What `uploadspecs` says, by index; one column must be the address."""
    specs = sorted(_array(form, "uploadspecs"), key=lambda one: int(one.get("columnIndex", 0)))
    columns = [
        Column(
            str(one["columnHeading"]), int(one.get("columnIndex", 0)), str(one.get("columnType"))
        )
        for one in specs
        if one.get("columnHeading") and str(one.get("ignoreColumn", "N")) not in ("Y", "True")
    ]
    if not any(one.kind == "EMAIL" for one in columns):
        raise answers.no_column()
    return columns


def _array(form: Form, name: str) -> list[dict[str, Any]]:
    try:
        found = jsons.decode(form.need(name).encode())
    except jsons.Unreadable:
        found = None
    if not (isinstance(found, list) and found and all(isinstance(one, dict) for one in found)):
        raise answers.invalid(name)
    return found


def _rows(form: Form, columns: list[Column]) -> list[list[str]]:
    """The lines of the file; headings must match those of `uploadspecs` letter for letter."""
    quote = QUOTES[form.word("quotecharacter", QUOTES)]
    separator = SEPARATORS[form.get("fieldseparator") or "COMMA"]
    text = io.StringIO(form.file("file"), newline="")
    try:
        rows = [row for row in csv.reader(text, delimiter=separator, **quote) if row]
    except csv.Error:
        raise answers.no_file() from None
    if form.get("headings") == "N":
        return rows
    if not rows:
        raise answers.no_file()
    headings = dict(enumerate(rows[0]))
    if any(headings.get(one.place) != one.heading for one in columns):
        raise answers.no_column()
    return rows[1:]


def _worked_off(call: Call, work: Work, rows: list[list[str]]) -> Answer:
    email = next(one.place for one in work.columns if one.kind == "EMAIL")
    good: list[list[str]] = []
    bad: list[list[str]] = []
    for row in rows:
        fits = len(row) > email and forms.is_address(row[email])
        (good if fits else bad).append(row)
    work.run(good, call.now)
    call.record("list.merged", {"list_id": work.target.id}, {"mode": work.mode, "rows": len(good)})
    job = jobs.start(call, jobs.LIST)
    job.details = {
        "status": "ok",
        "listId": work.target.id,
        "appendCount": work.appended,
        "updateCount": work.updated,
        "failedCount": 0,
        "rejectedCount": len(bad),
    }
    if bad:
        # Under which name rejected rows are kept was never published.
        name = f"bad_records_{call.account}_{job.id}.csv"
        job.details["rejectedRecordsUrl"] = keep_rejected(call, name, bad)
    return as_json(200, {"status": "success", "message": "Upload completed", "jobId": job.id})


def keep_rejected(call: Call, name: str, rows: Iterable[list[str]]) -> str:
    """Keep rows that were no good under the name by which they can be asked for."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    call.own.rejected[name] = text.getvalue()
    return name


ROUTES = (
    Route("POST", "/api/1/list", create),
    Route("PUT", "/api/1/list/{listid}", merge),
    Route("DELETE", "/api/1/list/{listid}", delete),
    Route("GET", "/api/1/list/rejectedUploadRecords", rejected),
)
