"""A wrong entry is refused when it is read, and the error names file and entry."""

from pathlib import Path
from textwrap import dedent

import pytest

from dragoman.catalog import catalogue
from dragoman.catalog.building import Builder
from dragoman.kernel.errors import DefinitionError

WHOLE = """
    get:
      title: Get a thing
      does: Gets it.
      request: GET /things/{id}
      effect: read
      input: {id: {type: string, required: true}}
      output: {thing!: thing}
"""
TRIGGER = """
    made:
      title: Thing made
      does: A thing was made.
      with: {kind: string}
      match: {kind: kind}
      key: [id]
      subject: id
      time: at
      poll: {plan: polling.things, parts: [things.get]}
      data: {id: {from: ID}, at: {type: integer, from: AT}, kind: {from: [Kind, Sort]}}
"""

OPERATIONS = {
    "an unknown key": ("effect: read", "effect: read\n  xeffect: read", "did you mean 'effect'"),
    "a missing title": ("title: Get a thing", "", "title"),
    "a missing effect": ("effect: read", "", "effect"),
    "a wrong effect": ("effect: read", "effect: destroy", "read, replace, create, delete"),
    "a wrong type of a key": ("title: Get a thing", "title: [a]", "title"),
    "no method": ("GET /things/{id}", "/things/{id}", "a method and a path"),
    "a method that is none": ("GET /things", "GETT /things", "a method and a path"),
    "a small method": ("GET /things", "get /things", "a method and a path"),
    "a whole address": ("GET /things", "GET https://example.com/things", "a method and a path"),
    "no request at all": ("request: GET /things/{id}", "", "a method and a path"),
    "a path part without input": ("GET /things/{id}", "GET /things/{id}/{part}", "'part'"),
    "a path part that may be missing": (", required: true", "", "'id'"),
    "an input said to be in the path": ("{id: ", "{x: {type: string, in: path}, id: ", "'x'"),
    "an input in an unknown place": ("{id: ", "{x: {type: string, in: footer}, id: ", "footer"),
    "an input of an unknown type": ("type: string", "type: strings", "did you mean 'string'"),
    "an input that is a bare unknown type": ("{id: ", "{x: strings, id: ", "did you mean 'string'"),
    "an input with an unknown word": (", required", ", requiredd: 1, required", "'required'"),
    "endings of what is no file": ("{id: ", "{x: {types: [png]}, id: ", "of files only"),
    "endings with a dot": ("{id: ", "{x: {in: file, types: [.png]}, id: ", "endings"),
    "endings that are one word": ("{id: ", "{x: {in: file, types: png}, id: ", "endings"),
    "a bound on a file that is no number": (
        "{id: ",
        "{x: {in: file, most: 5 MB}, id: ",
        "a number of bytes",
    ),
    "a file's name made of what is no part": (
        "{id: ",
        "{x: {in: file, name: '{field}_x'}, id: ",
        "`in: part`",
    ),
    "a part of a name that may be anything": (
        "{id: ",
        "{x: {in: file, name: '{field}'}, field: {in: part, type: string, required: true}, id: ",
        "has a `pattern`",
    ),
    "consent neither asked for nor needed, of a read": (
        "effect: read",
        "effect: read\n  no_consent: because",
        "`no_consent`",
    ),
    "an input that is a number": ("{id: ", "{x: 3, id: ", "'x'"),
    "an input that is a list": ("{id: ", "{x: [string], id: ", "'x'"),
    "an output of an unknown type": ("{thing!: thing}", "{thing!: thng}", "thng"),
    "an output with a list of two": ("{thing!: thing}", "[string, integer]", "list of one"),
    "an output field needed twice": ("thing!: thing", "'thing!!': thing", "thing!!"),
    "an output field that is a number": ("thing!: thing", "3: thing", "3"),
    "an output that is a number": ("{thing!: thing}", "3", "3"),
    "not callable without a reason": ("effect: read", "effect: read\n  callable: false", "reason"),
    "a composite with a request": ("effect: read", "effect: read\n  run: a.b", "`parts`"),
    "a look-up with an unknown key": (
        "effect: read",
        "effect: create\n  lookup: {by: a.b, identity: id, settles: 3}",
        "settles",
    ),
    "a look-up without an identity": ("effect: read", "effect: create\n  lookup: {by: a.b}", "id"),
    "a shared look-up without an identity": (
        "effect: read",
        "effect: create\n  lookup: {by: a.b, identity: ''}",
        "exclusive",
    ),
    "nothing to be had of a write": (
        "effect: read",
        "effect: replace\n  missing: [404]",
        "missing",
    ),
    "nothing by a word": ("effect: read", "effect: read\n  missing: [gone]", "missing"),
    "a write that is not ready": (
        "effect: read",
        "effect: create\n  ready: {field: thing}",
        "ready",
    ),
    "ready by a field that is none": (
        "effect: read",
        "effect: read\n  ready: {field: thin}",
        "did you mean 'thing'",
    ),
    "ready in an unknown way": ("effect: read", "effect: read\n  ready: {by: thing}", "by"),
    "bytes that are tidied": ("effect: read", "effect: read\n  answer: bytes\n  tidy: a.b", "tidy"),
    "an answer of an unknown form": ("effect: read", "effect: read\n  answer: xml", "xml"),
    "a file that says its type": ("{id: ", "{x: {type: string, in: file}, id: ", "no type"),
    "a file beside a body": ("{id: ", "{x: {in: file}, y: {in: body}, id: ", "in: form"),
    "an entry that is a list": (None, "get: [1]\n", "object"),
    "an entry that is empty": (None, "get:\n", "object"),
}
TRIGGERS = {
    "an unknown key": ("subject: id", "subject: id\n  subjects: id", "subjects"),
    "an empty key": ("key: [id]", "key: []", "key"),
    "a key that is no field": ("key: [id]", "key: [idd]", "'id'"),
    "a subject that is no field": ("subject: id", "subject: person", "'person'"),
    "a time that is no field": ("time: at", "time: when", "'when'"),
    "a match of no setting": ("match: {kind: kind}", "match: {kin: kind}", "'kind'"),
    "a match with no field": ("match: {kind: kind}", "match: {kind: kin}", "'kind'"),
    "a field of an unknown type": ("type: integer", "type: integers", "integers"),
    "a field with an unknown word": ("{from: ID}", "{form: ID}", "form"),
    "a field from a number": ("{from: ID}", "{from: 3}", "field 'id'"),
    "a setting of an unknown type": ("with: {kind: string}", "with: {kind: strings}", "'string'"),
    "a poll without a plan": ("plan: polling.things, ", "", "plan"),
    "a poll with an unknown word": ("{plan: ", "{everyy: 60, plan: ", "everyy"),
}
REFERENCES = {
    "operations/things.yaml": [
        (
            "effect: read",
            "effect: create\n  consent: {ask: things.got, input: {}, read: a, channel: id}",
        ),
    ],
    "triggers/thing.yaml": [("parts: [things.get]", "parts: [things.got]")],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in {"operations/things.yaml": WHOLE, "triggers/thing.yaml": TRIGGER}.items():
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(dedent(text))
    (tmp_path / "types.yaml").write_text("thing: {id!: string, part: thing}\n")
    return tmp_path


def change(path: Path, old: str | None, new: str) -> None:
    text = path.read_text()
    assert old is None or old in text
    path.write_text(dedent(new) if old is None else text.replace(old, new, 1))


def refusal(folder: Path) -> DefinitionError:
    with pytest.raises(DefinitionError) as refused:
        catalogue.load({"example": [folder]})
    return refused.value


def test_the_entries_that_the_cases_spoil_are_right_before(folder: Path) -> None:
    found = catalogue.load({"example": [folder]})

    assert list(found.operations) == ["example.things.get"]
    assert list(found.triggers) == ["example.thing.made"]
    assert found.operations["example.things.get"].input["id"].place == "path"
    assert found.triggers["example.thing.made"].data["kind"].columns == ("Kind", "Sort")


@pytest.mark.parametrize(("old", "new", "word"), OPERATIONS.values(), ids=OPERATIONS)
def test_a_wrong_operation_is_refused(folder: Path, old: str | None, new: str, word: str) -> None:
    path = folder / "operations" / "things.yaml"
    change(path, old, new)

    error = refusal(folder)

    assert error.where
    assert error.where.file == str(path)
    assert "entry 'get'" in error.message
    assert word in f"{error.message} {error.fix}"


@pytest.mark.parametrize(("old", "new", "word"), TRIGGERS.values(), ids=TRIGGERS)
def test_a_wrong_trigger_is_refused(folder: Path, old: str, new: str, word: str) -> None:
    path = folder / "triggers" / "thing.yaml"
    change(path, old, new)

    error = refusal(folder)

    assert error.where
    assert error.where.file == str(path)
    assert "entry 'made'" in error.message
    assert word in error.message


@pytest.mark.parametrize("file", REFERENCES)
def test_an_operation_that_does_not_exist_cannot_be_leant_on(folder: Path, file: str) -> None:
    for old, new in REFERENCES[file]:
        change(folder / file, old, new)

    error = refusal(folder)

    assert error.where
    assert error.where.file == Path(file).name
    assert "'example.things.got'" in error.message
    assert "did you mean 'example.things.get'" in error.message


def test_an_unknown_part_of_a_composite_is_refused(folder: Path) -> None:
    change(
        folder / "operations" / "things.yaml",
        None,
        "ensure: {title: T, does: D., effect: replace, run: a.b, parts: [things.gte]}\n",
    )
    (folder / "triggers" / "thing.yaml").unlink()

    error = refusal(folder)

    assert "example.things.ensure" in error.message
    assert "'example.things.gte'" in error.message


def test_what_is_not_yaml_is_refused_with_its_place(folder: Path) -> None:
    path = folder / "operations" / "things.yaml"
    path.write_text("get:\n  title: T\n  input: {id: [}\n")

    error = refusal(folder)

    assert error.where
    assert (error.where.file, error.where.line) == (str(path), 3)
    assert error.where.column > 1
    assert error.as_json()["where"]


@pytest.mark.parametrize("text", ["- get\n", "get\n", "3\n"])
@pytest.mark.parametrize("file", ["types.yaml", "operations/things.yaml", "triggers/thing.yaml"])
def test_a_file_without_names_is_refused(folder: Path, file: str, text: str) -> None:
    (folder / file).write_text(text)

    error = refusal(folder)

    assert error.where
    assert error.where.file == str(folder / file)


@pytest.mark.parametrize("name", ["on", "3", "null"])
def test_a_name_that_yaml_takes_for_something_else_is_refused(folder: Path, name: str) -> None:
    path = folder / "operations" / "things.yaml"
    change(path, "get:", f"{name}:")

    error = refusal(folder)

    assert "not text" in error.message
    assert error.where
    assert error.where.file == str(path)


def test_an_empty_file_holds_no_entries(folder: Path) -> None:
    (folder / "triggers" / "thing.yaml").write_text("# none yet\n")

    assert catalogue.load({"example": [folder]}).triggers == {}


def test_a_bound_that_is_no_number_is_found_before_the_first_call(folder: Path) -> None:
    change(folder / "operations" / "things.yaml", "type: string", "type: string, minLength: many")
    operation = catalogue.load({"example": [folder]}).operation("example.things.get")

    with pytest.raises(DefinitionError, match=r"example\.things\.get.*properties\.id\.minLength"):
        Builder(operation)
