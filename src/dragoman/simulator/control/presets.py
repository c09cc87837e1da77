"""What can be chosen on the page: faults of the vendors, and of webhooks on their way."""

from typing import NamedTuple

from dragoman.kernel.jsons import Json


class Preset(NamedTuple):
    title: str
    fault: dict[str, Json]


FAULTS = {
    "429": Preset("too many calls (429)", {"kind": "429"}),
    "429-wait": Preset("too many calls, wait 5 s", {"kind": "429", "retry_after": 5}),
    "503": Preset("out of order (503)", {"kind": "status", "status": 503}),
    "401": Preset("token refused (401)", {"kind": "status", "status": 401}),
    "cut-before": Preset("connection cut, nothing done", {"kind": "cut", "when": "before"}),
    "cut-after": Preset("done, then connection cut", {"kind": "cut", "when": "after"}),
    "half": Preset("done, half an answer", {"kind": "cut", "when": "half"}),
    "lied": Preset("done, yet answered 503", {"kind": "act_then_status", "status": 503}),
    "slow": Preset("5 s late", {"kind": "stall", "when": "before", "seconds": 5}),
    "silent": Preset("done, then silence", {"kind": "stall", "when": "after", "seconds": 3600}),
    "html": Preset("an HTML page (502)", {"kind": "html", "status": 502}),
    "empty": Preset("done, empty answer", {"kind": "empty"}),
}

CHANCES = {"0": "never", "0.3": "now and then", "1": "always"}
"""By probability."""
LATE = {"0": "at once", "10": "10 s late", "60": "a minute late", "3600": "an hour late"}
HOLDS = {"0": "in order", "5": "out of order, up to 5 s", "60": "out of order, up to a minute"}
"""By seconds."""
