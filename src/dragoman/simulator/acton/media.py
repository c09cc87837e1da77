"""Act-On's media library: documents and tracked links, and who looked at them."""

from collections import Counter
from typing import Any

from dragoman.kernel.jsons import Json
from dragoman.simulator.acton import answers, calendar, forms
from dragoman.simulator.acton.assets import Medium, View
from dragoman.simulator.acton.call import Call
from dragoman.simulator.acton.consent import fold
from dragoman.simulator.acton.mail import Message
from dragoman.simulator.exchange import Answer, as_json
from dragoman.simulator.routes import Route

TYPES = frozenset(
    "zip doc docx xls xlsx ppt pptx pps ppsx txt vcs ics dwg rfa pdf".split()  # noqa: SIM905  # one line
)
"""Endings of documents that are taken; the list names no pdf, and its own sample has one."""


def every(call: Call) -> Answer:
    folders: dict[str, list[dict[str, Json]]] = {}
    for one in call.own.assets.media.values():
        folders.setdefault(one.folder, []).append(one.row())
    return as_json(200, [{"name": name, "entries": rows} for name, rows in folders.items()])


def upload(call: Call) -> Answer:
    form = forms.read(call.request)
    name = form.need("name")
    one = _add(call, "f", name, form.get("foldername"), size=_size(call, "file", 403))
    return _done("file uploaded", one)


def link(call: Call) -> Answer:
    form = forms.read(call.request)
    url = form.get("url")
    if not url.startswith(("http://", "https://")):
        raise answers.numbered(400, answers.URL_MALFORMED, "URL empty or malformed")
    one = _add(call, "u", form.need("name"), form.get("foldername"), target=url)
    return _done("URL saved", one)


def get(call: Call) -> Answer:
    one = known(call)
    times = {"creation_time": one.at, "last_modified": one.at}
    target = {"target_url": one.target} if one.target else {}
    return as_json(200, {"id": one.id, "name": one.name, "url": one.url, **target, **times})


def update(call: Call) -> Answer:
    one = known(call)
    one.size = _size(call, "File", 400)
    call.record("media.changed", {"media_id": one.id}, {"size": one.size})
    return _done("file uploaded", one)


def delete(call: Call) -> Answer:
    one = known(call, 404)
    del call.own.assets.media[one.id]
    call.record("media.deleted", {"media_id": one.id}, {})
    return as_json(200, {"status": "success", "message": "file deleted"})


def report(call: Call) -> Answer:
    one = known(call)
    some, nobody = _sorted(one.views)
    from_messages = [view for view in one.views if view.message]
    return as_json(
        200,
        {
            "total_known_views": len(some),
            "total_unknown_views": len(nobody),
            "unique_known_views": len({fold(view.email) for view in some}),
            "unique_unknown_views": len(nobody),
            "total_messages": len(_linking(call, one)),
            "total_from_messages": len(from_messages),
            "unique_from_messages": len({fold(view.email) for view in from_messages}),
        },
    )


def report_messages(call: Call) -> Answer:
    """Messages that hold its address. The shape was never published."""
    one = known(call)
    return call.unpublished(
        [{"id": found.id, "title": found.title} for found in _linking(call, one)]
    )


def report_views(call: Call) -> Answer:
    """One row a viewer."""
    one = known(call)
    counts = Counter((fold(view.email), view.message) for view in one.views)
    latest = {(fold(view.email), view.message): view for view in one.views}
    rows = [
        {
            "known": bool(email),
            "recipient": email or "Example ISP",
            "campaign": "",
            "action": "clicked" if one.target else "downloaded",
            "total_count": count,
            "srcid": message,
            "cid": "",
            "tstamp": calendar.shown(latest[email, message].at, call.own.time_zone),
        }
        for (email, message), count in counts.items()
    ]
    return as_json(200, rows)


def report_timeline(call: Call) -> Answer:
    """One row a day on which somebody looked."""
    one = known(call)
    by_day: dict[str, list[View]] = {}
    for view in one.views:
        day = f"{calendar.local(view.at, call.own.time_zone):%m/%d/%Y}"
        by_day.setdefault(day, []).append(view)
    return as_json(200, [{"date": day, **_tally(views)} for day, views in by_day.items()])


def known(call: Call, status: int = 400) -> Medium:
    """The entry of the path; that it is not there is told with another status by some calls."""
    found = call.own.assets.media.get(call.params["id"])
    if found is None:
        raise answers.numbered(status, answers.ID_INVALID, "id invalid")
    return found


def _add(call: Call, letter: str, name: str, folder: str, **more: Any) -> Medium:
    made_id = f"{letter}-{call.world.mint.uuid('media')}"
    url = f"https://mkt.example.com/acton/attachment/{call.account}/{made_id}"
    one = Medium(made_id, name, url, call.now, folder or "Default Folder", **more)
    call.own.assets.media[one.id] = one
    call.record("media.added", {"media_id": one.id}, {"name": name})
    return one


def _size(call: Call, name: str, status: int) -> int:
    """The size of the file that came, if it is one that is taken."""
    form = forms.read(call.request)
    if not form.files.get(name):
        raise answers.no_file()
    ending = form.names.get(name, "").rpartition(".")[2].lower()
    if ending not in TYPES:
        raise answers.numbered(status, answers.TYPE_REFUSED, "invalid file type")
    return len(form.files[name])


def _sorted(views: list[View]) -> tuple[list[View], list[View]]:
    return [one for one in views if one.email], [one for one in views if not one.email]


def _tally(views: list[View]) -> dict[str, Json]:
    some, nobody = _sorted(views)
    unique = len({fold(one.email) for one in some}) + len(nobody)
    return {"unique": unique, "total": len(views), "known": len(some), "unknown": len(nobody)}


def _linking(call: Call, one: Medium) -> list[Message]:
    every_one = call.own.mailing.messages.values()
    return [found for found in every_one if one.url in found.html + found.text]


def _done(message: str, one: Medium) -> Answer:
    return as_json(200, {"status": "success", "message": message, "id": one.id})


ROUTES = (
    Route("GET", "/api/1/media/", every),
    Route("POST", "/api/1/media", upload),
    Route("POST", "/api/1/medialink", link),
    Route("GET", "/api/1/media/{id}", get),
    Route("PUT", "/api/1/media/{id}", update),
    Route("DELETE", "/api/1/media/{id}", delete),
    Route("GET", "/api/1/media/{id}/report/", report),
    Route("GET", "/api/1/media/{id}/report/messages", report_messages),
    Route("GET", "/api/1/media/{id}/report/views", report_views),
    Route("GET", "/api/1/media/{id}/report/timeline", report_timeline),
)
