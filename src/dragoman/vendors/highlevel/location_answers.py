"""One form for answers of locations and businesses that may come in several."""

from typing import Any


def time_zones(content: Any) -> Any:
    """`{timezones: […]}`; no answer is described, so another spelling and a bare list will do."""
    if isinstance(content, list):
        return {"timezones": content}
    if isinstance(content, dict) and "timeZones" in content:
        return _renamed(content, "timeZones", "timezones")
    return content


def business(content: Any) -> Any:
    """`{success, business}`; where one is written, its description says `buiseness`."""
    if isinstance(content, dict) and "buiseness" in content:
        return _renamed(content, "buiseness", "business")
    return content


def _renamed(content: dict[str, Any], old: str, new: str) -> dict[str, Any]:
    return {new if name == old else name: value for name, value in content.items()}
