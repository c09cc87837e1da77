"""Where the vendors' descriptions are known to be wrong: a file a group, each with its reason.

An entry stands under the operation's verb in `deviations/VENDOR/GROUP.yaml`. A misfit is written as
`schemas.Schema` tells it: place and keyword, as in `contact.tags.* type` or `. required status`.
"""

from pathlib import Path
from typing import Any

import msgspec
from ruamel.yaml import YAML

from dragoman.catalog.entries import Operation

_FOLDER = Path(__file__).parent / "deviations"
_YAML = YAML(typ="safe")  # refuses a name that stands twice


class Deviations(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Of one operation; from each misfit to what is known of it."""

    asked: dict[str, str] = {}
    """Where a request of ours is not as described, and is right."""
    drawn: dict[str, str] = {}
    """The same where only some values show it, so that it hangs on what is drawn at random."""
    answered: dict[str, str] = {}
    """Where a recorded answer is not as described, and what was seen or is written elsewhere."""
    v3: dict[str, str] = {}
    """Where a request in version v3 is not as described, beyond `asked`."""
    simulated: dict[str, str] = {}
    """The same of the pretended vendor's answer, beyond `answered`."""
    wrapped: str = ""
    """The name under which an answer comes that is described without it."""
    undescribed: str = ""
    """Why the operation stands in no description."""


def _read(vendor: str) -> dict[str, Deviations]:
    return {
        f"{vendor}.{file.stem}.{verb}": msgspec.convert(said, Deviations)
        for file in sorted((_FOLDER / vendor).glob("*.yaml"))
        for verb, said in _YAML.load(file.read_bytes()).items()
    }


KNOWN: dict[str, Deviations] = {**_read("highlevel"), **_read("acton")}
_NONE = Deviations()


def of(operation: Operation) -> Deviations:
    return KNOWN.get(operation.id, _NONE)


def reasons(one: Deviations) -> list[Any]:
    """All that is said of one operation."""
    listed = (one.asked, one.drawn, one.v3, one.answered, one.simulated)
    return [reason for table in listed for reason in table.values()]
