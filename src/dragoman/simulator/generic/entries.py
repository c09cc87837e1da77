"""The catalogue's files, read as data: what an operation takes and what it answers.

They are read once a process, when something is asked for that no module answers by hand. Their
words are described in `catalog/entries.py` and `catalog/shapes.py`, whose code stays out of here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

VENDORS = Path(__file__).parents[2] / "vendors"
_OWN = frozenset({"required", "default", "in", "name", "does", "types", "most"})
"""What an input says besides its JSON Schema."""
_FACT = "{{ connection."
"""How a default begins that says whose account is meant."""


@dataclass(frozen=True, slots=True)
class Input:
    name: str
    """On the wire."""
    place: str
    schema: Mapping[str, Any]
    required: bool = False
    fact: str = ""
    """What of the account it must name, such as `location_id`."""
    types: tuple[str, ...] = ()
    """Of a file: what its name may end in."""
    most: int = 0
    """Of a file: its bytes."""


@dataclass(frozen=True, slots=True)
class Entry:
    id: str
    """Group and verb, as in `coupons.create`."""
    method: str
    path: str
    newer: str
    """Its path in version v3, where it is another."""
    effect: str
    success: int
    scope: str
    tokens: frozenset[str]
    inputs: tuple[Input, ...]
    output: Any
    """In the notation of the files."""
    form: str
    """What the answer is: `json`, `text`, `html` or `bytes`."""
    paging: Mapping[str, Any]
    types: Mapping[str, Any]
    """What the words of the output stand for that are no types by themselves."""

    @property
    def takes_json(self) -> bool:
        return any(one.place in {"body", "root"} for one in self.inputs)


@cache
def entries(vendor: str) -> tuple[Entry, ...]:
    """Every entry of a vendor that can be called and is not of first class."""
    folder = VENDORS / vendor
    types = _read(folder / "types.yaml")
    return tuple(
        _entry(f"{file.stem}.{verb}", said, types)
        for file in sorted((folder / "operations").glob("*.yaml"))
        for verb, said in _read(file).items()
        if said.get("request") and said.get("callable", True) and not said.get("first_class")
    )


def _read(file: Path) -> dict[str, Any]:
    import yaml  # noqa: PLC0415  # 20 ms, for whoever asks for what has no module

    found = yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader) if file.exists() else None
    return found or {}


def _entry(name: str, said: Mapping[str, Any], types: Mapping[str, Any]) -> Entry:
    method, _, path = said["request"].partition(" ")
    newer = said.get("v3", "same")
    return Entry(
        id=name,
        method=method,
        path=path,
        newer="" if newer in {"", "same", path} else newer,
        effect=said["effect"],
        success=said.get("success", [200])[0],
        scope="".join(said.get("scopes", [])[:1]),
        tokens=frozenset(said.get("tokens", [])),
        inputs=tuple(_inputs(said.get("input", {}), method, path)),
        output=said.get("output", "any"),
        form=said.get("answer", "json"),
        paging=said.get("paging", {}),
        types=types,
    )


def _inputs(said: Mapping[str, Any], method: str, path: str) -> Iterator[Input]:
    for name, one in said.items():
        words = {"type": one} if isinstance(one, str) else one
        wire = str(words.get("name", name))
        otherwise = "query" if method in {"GET", "DELETE"} else "body"
        schema = {key: value for key, value in words.items() if key not in _OWN}
        if schema.get("type") == "any":
            del schema["type"]
        default = words.get("default")
        yield Input(
            name=wire,
            place=words.get("in", "path" if "{" + wire + "}" in path else otherwise),
            schema=schema,
            required=bool(words.get("required")),
            fact=_fact(default) if isinstance(default, str) else "",
            types=tuple(words.get("types", ())),
            most=int(words.get("most", 0)),
        )


def _fact(default: str) -> str:
    return default.removeprefix(_FACT).strip(" }") if default.startswith(_FACT) else ""
