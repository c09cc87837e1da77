"""What several commands take."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from cyclopts.validators import Number

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
