"""The vendors' published descriptions, which lie beside the repository and are not ours."""

import os
import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from dragoman.kernel import jsons
from tests.contract.schemas import Schema

SHARED = Path(__file__).parents[2].parent / "shared" / "openapi"
REQUIRED = os.environ.get("CI") == "true"  # noqa: TID251  # no setting of Dragoman's
"""Whether their absence is a failure, as it is where changes are accepted."""
JSON = "application/json"
_PART = re.compile(r"\{[^{}]*\}")


class Published:
    """One operation as its vendor describes it."""

    def __init__(
        self, file: str, path: str, entry: dict[str, Any], known: Mapping[str, Any]
    ) -> None:
        self.file = file
        self.path = path
        self.entry = entry
        self._known = known
        """The named schemas of its file."""

    def parameters(self, place: str) -> dict[str, Any]:
        """The declared parameters of one place, by name."""
        listed = self.entry.get("parameters", [])
        return {one["name"]: one for one in listed if one["in"] == place}

    @cached_property
    def query(self) -> Schema:
        """The schema of the query as a whole."""
        return self._together(self.parameters("query"))

    def pairs(self, query: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        """A query with a pair for each item of a list, also where one text joins them."""
        joined = {
            name for name, one in self.parameters("query").items() if one.get("explode") is False
        }
        return [
            (name, text)
            for name, whole in query
            for text in (whole.split(",") if name in joined else [whole])
        ]

    @cached_property
    def headers(self) -> Schema:
        """The schema of the headers, without those that OpenAPI describes elsewhere."""
        elsewhere = {"Authorization", "Content-Type", "Accept"}
        listed = self.parameters("header")
        return self._together({name: listed[name] for name in listed.keys() - elsewhere})

    @cached_property
    def bodies(self) -> dict[str, Schema]:
        """The schemas of the body by content type, in which what is not described is refused."""
        content = self.entry.get("requestBody", {}).get("content", {})
        return {
            kind: Schema(said.get("schema", {}), self._known, closed=True)
            for kind, said in content.items()
        }

    @property
    def body_required(self) -> bool:
        return bool(self.entry.get("requestBody", {}).get("required", False))

    @cached_property
    def answers(self) -> dict[int, Schema | None]:
        """The schemas of the answers by status; None where the status has none."""
        found: dict[int, Schema | None] = {}
        for status, said in self.entry.get("responses", {}).items():
            schema = said.get("content", {}).get(JSON, {}).get("schema")
            found[int(status)] = (
                None if schema is None else Schema(schema, self._known, closed=False)
            )
        return found

    @property
    def scopes(self) -> set[str]:
        security = self.entry.get("security", [])
        return {scope for one in security for scopes in one.values() for scope in scopes}

    def _together(self, parameters: Mapping[str, Any]) -> Schema:
        schema = {
            "type": "object",
            "properties": {name: one.get("schema", {}) for name, one in parameters.items()},
            "required": [name for name, one in parameters.items() if one.get("required")],
            "additionalProperties": False,
        }
        return Schema(schema, self._known, closed=False)


Descriptions = dict[tuple[str, str], Published]


def described(files: Iterable[Path]) -> Descriptions:
    """Every operation of some files, by method and path with the names of its parts left out.

    Act-On writes a query behind the path of one call, whose path is that of another; it stays.
    """
    found: Descriptions = {}
    for file in files:
        document = jsons.decode(file.read_bytes())
        before = urlsplit(document["servers"][0]["url"]).path
        known = {**_common(file), **document.get("components", {}).get("schemas", {})}
        for path, methods in document["paths"].items():
            whole = before.rstrip("/") + path.removesuffix("?")
            for method, entry in methods.items():
                one = Published(file.name, whole.partition("?")[0], entry, known)
                found[method.upper(), bare(whole)] = one
    return found


def _common(file: Path) -> dict[str, Any]:
    """What several files share: beside them as they were published, or above."""
    for place in (file.parent / "common", file.parent.parent / "common"):
        shared = place / "common-schemas.json"
        if shared.exists():
            found: dict[str, Any] = jsons.decode(shared.read_bytes())["components"]["schemas"]
            return found
    return {}


def bare(path: str) -> str:
    """A path without the names of its parts."""
    return _PART.sub("{}", path)
