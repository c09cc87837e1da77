"""Every call that arrived, in memory: method, path, status, when, whose. No secrets, no queries."""

import re
from collections import Counter, deque

from dragoman.kernel.clock import Millis
from dragoman.kernel.jsons import Json

Entry = dict[str, Json]

KEPT = 20_000

_ID = re.compile(r"(?<=/)([A-Za-z0-9]{20}|l-[^/]*(:|%3A)[^/]*)(?=/|$)")
"""Ids of contacts, conversations, messages and records, so that the counts stay few."""


class Calls:
    def __init__(self) -> None:
        self.entries: deque[Entry] = deque(maxlen=KEPT)
        self._arrived: Counter[str] = Counter()
        self._statuses: dict[str, Counter[str]] = {}
        self._requests: dict[str, Counter[str]] = {}

    def arrived(self, vendor: str, method: str, path: str, at: Millis) -> Entry:
        """Note a call before it is handled; its status stays null while it is held."""
        self._arrived[vendor] += 1
        entry: Entry = {
            "number": sum(self._arrived.values()),
            "vendor": vendor,
            "method": method,
            "path": path,
            "at": at,
            "status": None,
            "account": "",
            "fault": None,
        }
        self._requests.setdefault(vendor, Counter())[f"{method} {_ID.sub('{id}', path)}"] += 1
        self.entries.append(entry)
        return entry

    def finished(self, entry: Entry, status: int | str) -> None:
        """Note how it ended: the status sent, or the word `cut`."""
        entry["status"] = status
        self._statuses.setdefault(entry["vendor"], Counter())[str(status)] += 1

    def counts(self) -> Json:
        return {
            vendor: {
                "calls": self._arrived[vendor],
                "by_status": dict(self._statuses.get(vendor, {})),
                "by_request": dict(self._requests.get(vendor, {})),
            }
            for vendor in ("highlevel", "acton")
        }
