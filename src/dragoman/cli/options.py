"""What several commands take."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from cyclopts.validators import Number

from dragoman import settings as all_settings
from dragoman.settings import Settings

Folder = Annotated[
    Path | None,
    Parameter(
        name=["--folder", "-C"],
        help="The workspace folder; else $DRAGOMAN_FOLDER, else the current one.",
    ),
]
Json = Annotated[
    bool, Parameter(name="--json", show_default=False, help="Print one JSON document.")
]
Reveal = Annotated[
    bool,
    Parameter(
        name="--reveal", show_default=False, help="Show personal values and message texts, too."
    ),
]
Limit = Annotated[
    int,
    Parameter(
        name=["--limit", "-n"],
        validator=Number(gte=1, lte=100_000),
        help="How many to show at most.",
    ),
]


def named(folder: Path | None) -> tuple[Path, Settings]:
    """The folder that is meant, and the settings."""
    settings = all_settings.read()
    return folder or Path(settings.folder), settings
