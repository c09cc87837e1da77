"""What each type of webhook says, as HighLevel's pages list it."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def every() -> dict[str, dict[str, Any]]:
    """Fields besides the envelope, by type; read when first asked for."""
    text = (files(__package__) / "samples.yaml").read_bytes()
    found: dict[str, dict[str, Any]] = yaml.load(text, Loader=yaml.CSafeLoader)
    return found
