"""One form for what calendars answer."""

from typing import Any


def appointment(content: Any) -> Any:
    """`{appointment: {…}}` was seen, `{event: {…}}` is described."""
    if not isinstance(content, dict) or "event" not in content:
        return content
    rest = {name: value for name, value in content.items() if name != "event"}
    return {"appointment": content["event"], **rest}


def free_slots(content: Any) -> Any:
    """From `{DAY: {slots: […]}, …}`, among whose days a trace id stands, to a list of the days."""
    if not isinstance(content, dict):
        return content
    days = [
        {"date": name, "slots": said["slots"]}
        for name, said in sorted(content.items())
        if isinstance(said, dict) and "slots" in said
    ]
    return {"days": days, "traceId": content.get("traceId")}


def notifications(content: Any) -> Any:
    """A bare list, under a name."""
    return {"notifications": content} if isinstance(content, list) else content


def resources(content: Any) -> Any:
    """A bare list, under a name."""
    return {"resources": content} if isinstance(content, list) else content
