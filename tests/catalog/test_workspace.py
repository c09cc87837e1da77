"""A workspace brings entries of its own, in the same form."""

from pathlib import Path

import pytest

from dragoman import library
from dragoman.catalog.building import Builder
from dragoman.kernel.errors import DefinitionError

ENTRY = """\
add_fans:
  title: Let users follow a contact
  does: Adds followers.
  request: POST /contacts/{contactId}/followers
  version: 2021-07-28
  effect: replace
  input:
    contactId: {type: string, required: true}
    followers: {type: array, items: {type: string}, required: true}
  output: {contact: contact, own: own}
"""


def write(folder: Path, name: str, text: str) -> None:
    path = folder / "catalog" / "highlevel" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_an_entry_of_a_workspace_is_an_operation_like_any_other(tmp_path: Path) -> None:
    write(tmp_path, "operations/contacts.yaml", ENTRY)
    write(tmp_path, "types.yaml", "own: {id!: string}\n")

    found = library.catalogue(tmp_path)
    operation = found.operation("highlevel.contacts.add_fans")
    builder = Builder(operation)
    request = builder.build(builder.complete({"contactId": "c-1", "followers": ["a"]}, {}))

    assert len(found.operations) == len(library.catalogue().operations) + 1
    assert (request.method, request.path) == ("POST", "/contacts/c-1/followers")
    assert request.headers["Version"] == "2021-07-28"
    assert request.body == b'{"followers":["a"]}'
    assert operation.output.missing({"contact": {}}) == "contact.id is missing"


def test_a_workspace_without_entries_has_those_that_ship(tmp_path: Path) -> None:
    assert library.catalogue(tmp_path).operations.keys() == library.catalogue().operations.keys()


def test_a_wrong_entry_of_a_workspace_is_named_by_its_file(tmp_path: Path) -> None:
    write(tmp_path, "operations/contacts.yaml", ENTRY.replace("own: own", "own: owm"))

    with pytest.raises(DefinitionError, match=r"'add_fans'.*'owm'") as refused:
        library.catalogue(tmp_path)

    assert refused.value.where
    assert refused.value.where.file.startswith(str(tmp_path))
