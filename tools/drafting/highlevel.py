"""From HighLevel's description of a call to what an entry says of it."""

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tools.drafting import schemas

VENDOR = "highlevel"
SHARED = Path(__file__).parents[2].parent / "shared"
_REFERENCE = yaml.load(
    (SHARED / "reference" / "highlevel-operations.yaml").read_bytes(), Loader=yaml.CSafeLoader
)
FACTS: dict[str, Any] = {one["id"]: one for one in _REFERENCE["operations"]}
_TOKENS = {
    "sub_account_oauth": "location-oauth",
    "sub_account_pit": "location-pit",
    "agency_oauth": "agency-oauth",
    "agency_pit": "agency-pit",
}
_OF_CONNECTION = {
    "locationId": "{{ connection.location_id }}",
    "altId": "{{ connection.location_id }}",
    "companyId": "{{ connection.company_id }}",
    "altType": "location",
}
EFFECTS = {"GET": "read", "PUT": "replace", "PATCH": "replace", "DELETE": "delete", "POST": None}


@cache
def _file(app: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        (SHARED / "openapi" / "highlevel" / "apps" / f"{app}.json").read_text()
    )
    return found


def facts(key: str) -> dict[str, Any]:
    """All that an entry can say without words of ours."""
    one = FACTS[key]
    document = _file(one["app"])
    entry = document["paths"][one["path"]][one["method"].lower()]
    known = document.get("components", {}).get("schemas", {})
    found: dict[str, Any] = {"request": f"{one['method']} {one['path']}"}
    if one["send_version"]:
        found["version"] = one["send_version"]
    if one["scopes"]:
        found["scopes"] = list(one["scopes"])
    kinds = [_TOKENS[kind] for kind in one["token_kinds"]]
    found["tokens"] = kinds or ["location-oauth", "location-pit"]
    if one["v3"]:
        found["v3"] = one["v3"]["path"]
    if one.get("deprecated"):
        found["stage"] = "deprecated"
    statuses = [int(said["status"]) for said in one["success"]]
    if statuses not in ([], [200]):
        found["success"] = statuses
    found["effect"] = EFFECTS[one["method"]]
    found["input"] = _inputs(one, entry, known)
    found["output"] = _output(entry, known)
    found["source"] = "documented"
    return found


def _inputs(
    one: Mapping[str, Any], entry: Mapping[str, Any], known: schemas.Schemas
) -> dict[str, Any]:
    placed = re.findall(r"\{([^{}]+)\}", one["path"])
    found: dict[str, Any] = {}
    for name in placed:
        _add(found, name, {"type": "string"}, {"required": True})
    for said in entry.get("parameters", ()):
        if said["in"] == "header" or said["name"] in placed:
            continue
        _add(found, said["name"], schemas.asked(said.get("schema", {}), known), said)
        if one["method"] not in {"GET", "DELETE"}:
            found[said["name"]]["in"] = "query"
    # Of a DELETE an entry takes for query what it does not say to be the body.
    place = {"in": "body"} if one["method"] == "DELETE" else {}
    for name, said in _body(entry, known):
        _add(found, f"body_{name}" if name in found else name, {**place, **said}, said)
    return found


def _add(found: dict[str, Any], name: str, said: dict[str, Any], source: Mapping[str, Any]) -> None:
    said = schemas.certain({key: one for key, one in said.items() if key != "required"})
    if source.get("required") is True:
        said["required"] = True
    wire = name.removeprefix("body_")
    if name != wire:
        said |= {"name": wire, "in": said.get("in", "body")}
    if wire in _OF_CONNECTION:
        said["default"] = _OF_CONNECTION[wire]
        if said.get("enum") and said["default"] not in said["enum"] and wire == "altType":
            del said["default"]
    found[name] = said if said.keys() - {"required", "in", "name"} else {"type": "any", **said}


def _body(entry: Mapping[str, Any], known: schemas.Schemas) -> list[tuple[str, dict[str, Any]]]:
    content = entry.get("requestBody", {}).get("content", {})
    if not content:
        return []
    kind, said = next(iter(content.items()))
    place = {"multipart/form-data": "form", "application/x-www-form-urlencoded": "form"}.get(kind)
    schema = schemas.resolved(said.get("schema", {}), known)
    whole = schemas.asked(schema, known)
    extra = {} if place is None else {"in": place}
    if "properties" not in whole:
        if not whole or whole == {"type": "object"}:
            whole = {"type": "object"}
        return [("body", {**whole, "required": True, "in": place or "root"})]
    needed = set(schema.get("required", ()))
    rows = []
    for name, inner in whole["properties"].items():
        raw = schemas.resolved(schema["properties"][name], known)
        if raw.get("format") == "binary":
            one: dict[str, Any] = {"in": "file"}
        else:
            one = {**inner, **extra}
            if "required" in one and isinstance(one["required"], list):
                fields = one.pop("required")
                one = {**one, "allOf": [{"required": fields}]}
        if name in needed:
            one["required"] = True
        rows.append((name, one))
    return rows


def _output(entry: Mapping[str, Any], known: schemas.Schemas) -> Any:
    for status, said in entry.get("responses", {}).items():
        if status.startswith("2"):
            schema = said.get("content", {}).get("application/json", {}).get("schema")
            return schemas.answered(schema, known) if schema else "any"
    return "any"
