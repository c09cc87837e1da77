"""A workspace brings an operation of its own: one entry, one example, and every door knows it."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from dragoman import library
from dragoman.catalog.building import Builder
from dragoman.engine.direct import Answered
from dragoman.kernel import jsons
from dragoman.kernel.errors import BadInput, DefinitionError
from tests.engine.rig import Rig, play

ENTRY = """
summary:
  title: Get the name of a location
  does: A location with no more than its name and its time zone.
  request: GET /locations/{locationId}
  version: 2021-07-28
  scopes: [locations.readonly]
  effect: read
  input:
    locationId: {type: string, required: true, default: "{{ connection.location_id }}"}
  output: {location!: {id!: string, name!: string, timezone: string}}
  example: outline.summary.json
"""
EXAMPLE: dict[str, Any] = {
    "input": {},
    "connection": {"location_id": "ExampleLocation00001"},
    "request": {
        "method": "GET",
        "path": "/locations/ExampleLocation00001",
        "query": [],
        "headers": {"Version": "2021-07-28"},
        "body": None,
    },
    "answer": {"status": 200, "headers": {}, "body": {"location": {"id": "x", "name": "Shop"}}},
}


def add(workspace: Path) -> None:
    place = workspace / "catalog" / "highlevel"
    (place / "operations").mkdir(parents=True)
    (place / "examples").mkdir()
    (place / "operations" / "outline.yaml").write_text(ENTRY)
    (place / "examples" / "outline.summary.json").write_bytes(jsons.encode(EXAMPLE))


def test_an_entry_and_an_example_are_an_operation(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare(arm=False)
        add(rig.workspace)
        async with rig.open() as parts:
            made = await parts.direct.call("highlevel.outline.summary", {}, None)

        assert isinstance(made, Answered)
        assert made.output["location"]["id"] == rig.given["main"]["location_id"]
        assert made.output["location"]["name"]

    play(tmp_path, story)


def test_its_example_is_what_it_asks(tmp_path: Path) -> None:
    add(tmp_path)
    operation = library.catalogue(tmp_path).operation("highlevel.outline.summary")
    builder = Builder(operation)

    request = builder.build(builder.complete(EXAMPLE["input"], EXAMPLE["connection"]))

    said = jsons.decode(jsons.encode(msgspec.to_builtins(request)))
    assert {name: said[name] for name in EXAMPLE["request"]} == EXAMPLE["request"]


def test_it_is_checked_like_what_ships(tmp_path: Path) -> None:
    add(tmp_path)
    builder = Builder(library.catalogue(tmp_path).operation("highlevel.outline.summary"))

    with pytest.raises(BadInput, match="has no input 'location'"):
        builder.complete({"location": "x"}, {})


def test_a_wrong_entry_is_named_with_its_file(tmp_path: Path) -> None:
    add(tmp_path)
    file = tmp_path / "catalog" / "highlevel" / "operations" / "outline.yaml"
    file.write_text(ENTRY.replace("effect: read", "effect: look"))

    with pytest.raises(DefinitionError, match=r"entry 'summary'.*'look'") as refused:
        library.catalogue(tmp_path)

    assert refused.value.where is not None
    assert refused.value.where.file.endswith("outline.yaml")
