"""One form for the answers on subscription types, which the vendor's description leaves out."""

from typing import Any

from dragoman.kernel.errors import BadAnswer


def subtypes(content: Any) -> dict[str, Any]:
    """`{subtypes: [...]}` from a list, or from whatever the one list is wrapped in.

    Raises:
        BadAnswer: there is no list, or one of its items has no id.
    """
    if isinstance(content, list):
        return {"subtypes": [_identified(one) for one in content]}
    lists = [one for one in content.values() if isinstance(one, list)]
    if not lists:
        raise BadAnswer("HighLevel's answer holds no list of subscription types")
    found = [_identified(one) for one in lists[0]]
    return {"subtypes": found, "traceId": content.get("traceId")}


def subtype(content: Any) -> dict[str, Any]:
    """`{subtype: {...}}` from the flat form, or from whatever the one object is wrapped in.

    Raises:
        BadAnswer: it has no id.
    """
    if not isinstance(content, dict):
        raise BadAnswer("HighLevel's answer holds no subscription type")
    inner = [one for one in content.values() if isinstance(one, dict)]
    flat = {name: one for name, one in content.items() if name != "traceId"}
    found = inner[0] if inner and not {"id", "_id"} & content.keys() else flat
    return {"subtype": _identified(found), "traceId": content.get("traceId")}


def _identified(one: Any) -> dict[str, Any]:
    found = one.get("id", one.get("_id")) if isinstance(one, dict) else None
    if not isinstance(found, str):
        raise BadAnswer("a subscription type in HighLevel's answer has no id")
    return {**one, "id": found}
