"""Act-On's custom touch points, many in a file."""

import csv
import io
from dataclasses import dataclass
from typing import Any

from dragoman.kernel.clock import Millis
from dragoman.simulator.acton import answers, dates, forms, jobs
from dragoman.simulator.acton.call import Call
from dragoman.simulator.acton.forms import Form
from dragoman.simulator.acton.state import TouchPoint
from dragoman.simulator.acton.touchpoints import ACTIONS, keep
from dragoman.simulator.exchange import Answer, as_json
from dragoman.simulator.figures import whole
from dragoman.simulator.routes import Route

SEPARATORS = {"COMMA": ",", "SEMICOLON": ";", "TAB": "\t", "SPACE": " "}
QUOTES: dict[str, dict[str, Any]] = {
    "NONE": {"quoting": csv.QUOTE_NONE},
    "SINGLE_QUOTE": {"quotechar": "'"},
    "DOUBLE_QUOTE": {"quotechar": '"'},
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """What an upload says about its file; columns count from 0."""

    destination: str
    action: str
    email: int
    date: int
    title: int
    note: int | None
    pattern: str

    def point(self, row: list[str], shows: Millis) -> TouchPoint | None:
        """The touch point of a row, or nothing where the row is no good."""
        try:
            email, title = row[self.email].strip(), row[self.title].strip()
            when = dates.parse(row[self.date].strip(), self.pattern)
            note = "" if self.note is None else row[self.note]
        except (IndexError, dates.Unfit):
            return None
        if not title or not forms.is_address(email):
            return None
        return TouchPoint(email, self.destination, self.action, title, note, when, shows)


def upload(call: Call) -> Answer:
    """Touch points as CSV; they show, and are counted, when the job is done."""
    call.need_feature("touchpoints")
    form = forms.read(call.request)
    sheet, rows = _sheet(form), _rows(form)
    job = jobs.start(call, jobs.TOUCHPOINTS)
    points = [point for row in rows if (point := sheet.point(row, job.ready))]
    for point in points:
        keep(call, point)
    job.details = {
        "status": "ok",
        "customEventsId": call.world.mint.hexadecimal("custom events", 8),
        "appendCount": len(points),
        "rejectedCount": len(rows) - len(points),
    }
    return as_json(200, {"status": "success", "message": "Upload completed", "jobId": job.id})


def _sheet(form: Form) -> Sheet:
    _number(form, "titlecount")
    return Sheet(
        destination=form.need("destination"),
        action=form.word("customeventaction", ACTIONS),
        email=_number(form, "emailcolidx"),
        date=_number(form, "datecolidx"),
        title=_number(form, "titlecolidx"),
        note=_number(form, "notecolidx") if form.get("notecolidx") else None,
        pattern=form.need("dateformat"),
    )


def _rows(form: Form) -> list[list[str]]:
    quote = QUOTES[form.word("quotecharacter", QUOTES)]
    separator = SEPARATORS[form.word("fieldseparator", SEPARATORS)]
    heading = form.word("firstrow", ("Y", "N")) == "Y"
    text = io.StringIO(form.file("File"), newline="")
    try:
        rows = list(csv.reader(text, delimiter=separator, **quote))
    except csv.Error:
        raise answers.no_file() from None
    return [row for row in rows if row][int(heading) :]


def _number(form: Form, name: str) -> int:
    found = whole(form.need(name))
    if found is None:
        raise answers.invalid(name)
    return found


ROUTES = (Route("POST", "/api/1/customevents", upload),)
