"""Contacts that are new or were changed, found by asking."""

from collections.abc import Mapping
from typing import Any

from dragoman.catalog.parts import Found, Part, PollPlan, Watch
from dragoman.kernel.clock import iso
from dragoman.vendors.highlevel.polling import Walked, told

_ON = frozenset({"active", "permanent"})
_MOST = 20_000
"""Contacts with do-not-disturb that are remembered; one that was forgotten is seen anew."""


def changes(watch: Watch) -> PollPlan:
    """Contacts as they are now that were changed since."""
    rows = yield from _changed(watch)
    good = [one for one in rows if one.get("dateUpdated") is not None]
    named = [{**one, "new": one["dateUpdated"] == one.get("dateAdded")} for one in good]
    return Found(named, {}, [one for one in rows if one.get("dateUpdated") is None])


def do_not_disturb(watch: Watch) -> PollPlan:
    """Contacts whose do-not-disturb is not what it was; the cursor holds those where it is on."""
    rows = yield from _changed(watch)
    known: dict[str, list[str]] = dict(watch.cursor.get("on", {}))
    found = []
    for row in rows:
        channels, before = _channels(row), known.pop(row["id"], [])
        if channels:
            known[row["id"]] = channels
        if channels != before and row.get("dateUpdated") is not None:
            found.append({**row, "channels": channels, "before": before})
    return Found(found, {"on": dict(list(known.items())[-_MOST:])})


def _changed(watch: Watch) -> Walked:
    """The oldest change first: who is changed meanwhile comes again, behind the others."""
    question = {
        "pageLimit": watch.page,
        "filters": [
            {"field": "dateUpdated", "operator": "range", "value": {"gte": iso(watch.since)}}
        ],
        "sort": [{"field": "dateUpdated", "direction": "asc"}],
    }
    found: dict[str, dict[str, Any]] = {}
    seen: set[tuple[str, Any]] = set()
    after: dict[str, Any] = {}
    while True:
        page = yield Part("highlevel.contacts.search", {**question, **after})
        rows = [told(one) for one in page["contacts"]]
        fresh = {(row["id"], row.get("dateUpdated")) for row in rows} - seen
        seen |= fresh
        found |= {row["id"]: row for row in rows}
        cursor = rows[-1].get("searchAfter") if rows else None
        if len(rows) < watch.page or not fresh or not cursor:
            return list(found.values())
        after = {"searchAfter": cursor}


def _channels(row: Mapping[str, Any]) -> list[str]:
    """Where do-not-disturb is on: everywhere, or on these channels."""
    if row.get("dnd"):
        return ["all"]
    settings = row.get("dndSettings")
    said = settings.items() if isinstance(settings, dict) else ()
    return sorted(name.lower() for name, one in said if _status(one) in _ON)


def _status(setting: Any) -> str:
    status = setting.get("status") if isinstance(setting, dict) else setting
    return status.lower() if isinstance(status, str) else ""
