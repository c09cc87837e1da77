"""Imports of contacts that are over, found by asking."""

from dragoman.catalog.parts import Found, Part, PollPlan, Watch


def finished(watch: Watch) -> PollPlan:
    """An import, once it is over; from then on nothing is asked any more."""
    if watch.cursor.get("over"):
        return Found([], watch.cursor)
    said = yield Part("acton.imports.status", {"importId": watch.settings["import"]})
    if said["result"] is None:
        return Found([], watch.cursor)
    told = {"import_id": watch.settings["import"], "found_at": watch.now}
    return Found([{**said["result"], **told}], {"over": True})
