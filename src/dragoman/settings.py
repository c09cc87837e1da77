"""Every setting once: its name, default and sentence. Read from `DRAGOMAN_<NAME>`."""

import math
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import msgspec
import platformdirs
from msgspec import Meta

from dragoman.catalog.names import did_you_mean
from dragoman.kernel.errors import DefinitionError

PREFIX = "DRAGOMAN_"
_DAY = 86_400.0
"""Seconds; no pause of ours is longer, and infinity is no pause."""


class Settings(msgspec.Struct, frozen=True):
    """What may be set from outside. Everything about one customer stands in `dragoman.yaml`."""

    folder: Annotated[str, Meta(description="The workspace folder.")] = "."
    master_key_file: Annotated[
        str,
        Meta(
            description="Where the master key lies; empty means `dragoman/master.key` in the "
            "user's configuration folder."
        ),
    ] = ""
    cache_folder: Annotated[
        str,
        Meta(
            description="Where what can be made again is kept, such as the index of the "
            "catalogue; empty means `dragoman` in the user's cache folder."
        ),
    ] = ""
    listen: Annotated[
        str, Meta(description="Address that `serve` listens on; port 0 takes a free one.")
    ] = "127.0.0.1:8710"
    log_format: Annotated[
        str, Meta(description="`text` for people, `json` for machines.", pattern="^(text|json)$")
    ] = "text"
    log_level: Annotated[
        str,
        Meta(
            description="The least level that is logged.",
            pattern="^(debug|info|warning|error)$",
        ),
    ] = "info"
    in_flight: Annotated[
        int, Meta(description="Runs that may be under way at the same moment.", ge=1, le=1000)
    ] = 64
    deadline: Annotated[
        float, Meta(description="Seconds a vendor has for one whole answer.", gt=0, le=_DAY)
    ] = 30.0
    answer_cap: Annotated[
        int, Meta(description="Bytes of an answer that are read at most.", ge=1024, le=2**30)
    ] = 10 * 1024 * 1024
    attempts: Annotated[
        int, Meta(description="Tries of one step before it is given up.", ge=1, le=100)
    ] = 40
    retry_base: Annotated[
        float, Meta(description="Seconds before the first repeat, at most.", gt=0, le=_DAY)
    ] = 1.0
    retry_cap: Annotated[
        float, Meta(description="Seconds between two repeats, at most.", gt=0, le=_DAY)
    ] = 300.0
    poll_every: Annotated[
        float,
        Meta(description="Seconds between two polls; 0 leaves it to each trigger.", ge=0, le=_DAY),
    ] = 0.0
    settle: Annotated[
        float,
        Meta(
            description="Seconds to wait before a missing effect counts as absent; 0 leaves it to "
            "each operation.",
            ge=0,
            le=_DAY,
        ),
    ] = 0.0
    stop_within: Annotated[
        float,
        Meta(description="Seconds that calls under way have to end when stopping.", gt=0, le=_DAY),
    ] = 35.0
    crash_at: Annotated[
        str,
        Meta(
            description="For rehearsals: kill the service at a named point, as `name` or "
            "`name:count`. Refused unless every account is on loopback."
        ),
    ] = ""

    @property
    def cache(self) -> Path:
        """Where what can be made again is kept."""
        return Path(self.cache_folder or platformdirs.user_cache_dir("dragoman"))

    @property
    def master_key(self) -> Path:
        if self.master_key_file:
            return Path(self.master_key_file)
        return Path(platformdirs.user_config_dir("dragoman")) / "master.key"


def read(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings.

    Raises:
        DefinitionError: a variable is unknown or does not fit; the message names it.
    """
    known = {field.name for field in msgspec.structs.fields(Settings)}
    found: dict[str, str] = {}
    for name, value in (os.environ if environment is None else environment).items():
        if not name.startswith(PREFIX):
            continue
        key = name.removeprefix(PREFIX).lower()
        if key not in known:
            hint = did_you_mean(name, [PREFIX + one.upper() for one in known])
            raise DefinitionError(f"there is no setting {name}: {hint}", fix="see docs/settings.md")
        found[key] = value
    return _checked(found)


def changed(settings: Settings, changes: Mapping[str, object]) -> Settings:
    """The same settings with some replaced, as a command's options do.

    Raises:
        DefinitionError: a value does not fit; the message names its setting.
    """
    return _checked({**msgspec.structs.asdict(settings), **changes})


def _checked(found: Mapping[str, object]) -> Settings:
    try:
        known = msgspec.convert(found, Settings, strict=False)
    except msgspec.ValidationError as error:
        wrong, _, place = str(error).partition(" - at `$.")
        name = PREFIX + place.rstrip("`").upper()
        raise DefinitionError(f"{name} does not fit: {wrong}", fix="see docs/settings.md") from None
    for name, value in msgspec.structs.asdict(known).items():
        if isinstance(value, float) and not math.isfinite(value):
            raise DefinitionError(f"{PREFIX}{name.upper()} is no number of seconds")
    return known


def environment(settings: Settings) -> dict[str, str]:
    """The environment for a process of ours that is to have these settings."""
    ours = {PREFIX + name.upper(): str(value) for name, value in _said(settings).items()}
    return {name: one for name, one in os.environ.items() if not name.startswith(PREFIX)} | ours


def _said(settings: Settings) -> dict[str, object]:
    """What differs from the defaults."""
    usual = msgspec.structs.asdict(Settings())
    return {k: v for k, v in msgspec.structs.asdict(settings).items() if v != usual[k]}
