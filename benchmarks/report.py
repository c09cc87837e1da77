"""The one shape that every benchmark prints: `{name, ratio, bound, ours, machine, runs}`."""

import json
import logging
import os
import platform
import resource
import statistics
import sys
from typing import Any

import apsw
import structlog


def quiet() -> None:
    """Keep the log off standard output, where the report goes."""
    level = structlog.make_filtering_bound_logger(logging.ERROR)
    structlog.configure(
        wrapper_class=level, logger_factory=structlog.PrintLoggerFactory(sys.stderr)
    )


def machine() -> dict[str, Any]:
    return {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "system": platform.platform(),
        "sqlite": apsw.sqlite_lib_version(),
        "load": [round(one, 2) for one in os.getloadavg()],
    }


def cpu_seconds() -> float:
    """Of this process, user and system."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def medians(runs: list[dict[str, float]]) -> dict[str, float]:
    return {name: round(statistics.median(run[name] for run in runs), 3) for name in runs[0]}


def show(name: str, key: str, ours: list[dict[str, float]], bound: list[dict[str, float]]) -> None:
    """Print medians and the ratio of `key`, as JSON with `--json`, else as lines."""
    report = {
        "name": name,
        "ratio": round(medians(ours)[key] / medians(bound)[key], 3),
        "bound": medians(bound),
        "ours": medians(ours),
        "machine": machine(),
        "runs": {"ours": ours, "bound": bound},
    }
    if "--json" in sys.argv:
        print(json.dumps(report, indent=2))
        return
    print(f"{name}: ratio {report['ratio']} ({key}, ours to bound, medians of {len(ours)} runs)")
    for who in ("ours", "bound"):
        print(
            f"  {who:5}",
            "  ".join(
                f"{one} {value:g}"
                for one, value in medians(ours if who == "ours" else bound).items()
            ),
        )
