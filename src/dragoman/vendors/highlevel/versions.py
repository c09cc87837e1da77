"""What version v3 writes differently from the versions by date."""

from typing import Any


def silenced(body: Any) -> Any:
    """A contact as v3 takes it: the channels of do-not-disturb in small letters."""
    settings = body.get("dndSettings") if isinstance(body, dict) else None
    if not isinstance(settings, dict):
        return body
    return {**body, "dndSettings": {name.lower(): one for name, one in settings.items()}}
