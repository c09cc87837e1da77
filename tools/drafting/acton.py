"""From the list of Act-On's calls to what an entry says of one."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

VENDOR = "acton"
_FILE = Path(__file__).parents[2].parent / "shared" / "reference" / "act-on-operations.yaml"
FACTS: dict[str, Any] = {
    one["id"]: one for one in yaml.load(_FILE.read_bytes(), Loader=yaml.CSafeLoader)
}
EFFECTS = {"GET": "read", "PUT": "replace", "PATCH": "replace", "DELETE": "delete", "POST": None}
_SOURCES = {"documented": "documented", "seen in client code": "seen", "inferred": "inferred"}
_PLACES = {"application/x-www-form-urlencoded": "form", "multipart/form-data": "form"}
_ACCOUNT = re.compile(r"account_?id", re.IGNORECASE)


def facts(key: str) -> dict[str, Any]:
    """All that an entry can say without words of ours."""
    one = FACTS[key]
    found: dict[str, Any] = {
        "request": f"{one['method']} {one['path']}",
        "tokens": ["account" if one["auth"] == "bearer" else "none"],
        "effect": EFFECTS[one["method"]],
    }
    if one["status"] != "current":
        found["stage"] = one["status"]
    status = one["response"].get("status", 200)
    if isinstance(status, int) and status != 200:  # noqa: PLR2004
        found["success"] = [status]
    found["input"] = _inputs(one)
    found["output"] = _shape(one["response"].get("shape"))
    found["source"] = _SOURCES[one["confidence"]]
    return found


def _inputs(one: Mapping[str, Any]) -> dict[str, Any]:
    found = _addressed(one)
    body = one.get("body") or {}
    place = _PLACES.get(body.get("content_type", ""))
    for said in body.get("fields") or []:
        _add(found, said, place, one["method"])
    return found


def _addressed(one: Mapping[str, Any]) -> dict[str, Any]:
    """What stands in the path and the query."""
    found: dict[str, Any] = {}
    for said in one["path_params"]:
        found[said["name"]] = _typed(said, required=True)
        if _ACCOUNT.fullmatch(said["name"]):
            found[said["name"]]["default"] = "{{ connection.account_id }}"
    for said in one["query_params"]:
        found[said["name"]] = _typed(said)
        if one["method"] not in {"GET", "DELETE"}:
            found[said["name"]]["in"] = "query"
    return found


def _add(found: dict[str, Any], said: Mapping[str, Any], place: str | None, method: str) -> None:
    """Add a field of the body."""
    if said["name"] in {"*", "[]"}:
        whole = {"type": "object"} if said["name"] == "*" else _typed(said)
        found["body"] = {**whole, "required": True, "in": place or "root"}
        return
    outer, _, inner = said["name"].partition(".")
    if inner:
        _nest(found[outer], inner, said)
        return
    taken = outer in found
    one = {"in": "file", "required": said["required"]} if said["type"] == "file" else _typed(said)
    if "in" not in one and (place or taken or method == "DELETE"):
        one["in"] = place or "body"
    if taken:
        one["name"] = outer
    found[f"body_{outer}" if taken else outer] = one


def _nest(outer: dict[str, Any], name: str, said: Mapping[str, Any]) -> None:
    one = _typed(said)
    if one.pop("required", False):
        needed = outer.setdefault("allOf", [{"required": []}])
        needed[0]["required"].append(name)
    outer.setdefault("properties", {})[name] = one


def _typed(said: Mapping[str, Any], *, required: bool = False) -> dict[str, Any]:
    kind, _, inner = said["type"].partition("<")
    found: dict[str, Any] = {"type": kind}
    if inner:
        found["items"] = {"type": inner.rstrip(">")}
    if "enum" in said:
        found["enum"] = list(said["enum"])
    if required or said["required"]:
        found["required"] = True
    return found


_WORDS = ((bool, "boolean"), (int, "integer"), (float, "number"), (str, "string"))


def _shape(sample: Any) -> Any:
    if isinstance(sample, dict):
        return {str(name): _shape(one) for name, one in sample.items()} or "object"
    if isinstance(sample, list):
        return [_shape(sample[0]) if sample else "any"]
    return next((word for kind, word in _WORDS if isinstance(sample, kind)), "any")
