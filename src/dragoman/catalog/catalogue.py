"""The one walker: reads the data files of vendors and workspaces into operations and triggers."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
import yaml

from dragoman.catalog import checks, crossings, multipart
from dragoman.catalog.entries import (
    Consent,
    Effect,
    Field,
    Form,
    Lookup,
    Operation,
    Paging,
    Parameter,
    Place,
    Poll,
    Ready,
    Stage,
    Token,
    Trigger,
    Webhook,
)
from dragoman.catalog.names import did_you_mean
from dragoman.catalog.shapes import Reader
from dragoman.kernel.errors import DefinitionError, Where


class RawField(msgspec.Struct, forbid_unknown_fields=True, rename={"columns": "from"}):
    """A field of an event's data as its YAML says it."""

    type: Any = "string"
    columns: str | tuple[str, ...] = ()
    does: str = ""


class RawOperation(msgspec.Struct, forbid_unknown_fields=True):
    """An operation as its YAML entry says it."""

    title: str
    does: str
    effect: Effect
    request: str = ""
    version: Any = ""
    scopes: tuple[str, ...] = ()
    tokens: tuple[Token, ...] = ()
    v3: str = ""
    v3_names: dict[str, str] = {}
    v3_body: str = ""
    stage: Stage = "current"
    first_class: bool = False
    success: tuple[int, ...] = (200,)
    input: dict[str, Any] = {}
    output: Any = "any"
    paging: Paging | None = None
    lookup: Lookup | None = None
    no_lookup: str = ""
    consent: Consent | None = None
    no_consent: str = ""
    tidy: str = ""
    answer: Form = "json"
    missing: tuple[int, ...] = ()
    ready: Ready | None = None
    run: str = ""
    parts: tuple[str, ...] = ()
    callable: bool = True
    reason: str = ""
    source: str = "documented"
    example: str = ""


class RawTrigger(msgspec.Struct, forbid_unknown_fields=True, rename={"settings": "with"}):
    """A trigger as its YAML entry says it."""

    title: str
    does: str
    key: tuple[str, ...]
    subject: str
    time: str
    data: dict[str, Any]
    settings: dict[str, Any] = {}
    match: dict[str, str] = {}
    about: str = "contact"
    otherwise: str = ""
    poll: Poll | None = None
    webhook: Webhook | None = None
    callable: bool = True
    reason: str = ""
    source: str = "documented"
    example: str = ""


_NAMED = re.compile(rb"^([A-Za-z_]\w*):", re.MULTILINE)
"""The names of entries: of two with one name, the first would be lost without a word."""
_SHOWN = 80
"""Letters of an unknown id that are repeated."""
_OUTPUTS = {
    "text": {"contentType": "string", "text": "string"},
    "html": {"contentType": "string", "text": "string"},
    "bytes": {"contentType": "string", "size": "integer", "sha256": "string"},
}
"""Of answers that are no JSON: see `bodies.facts`."""


class Catalogue(msgspec.Struct, frozen=True):
    operations: Mapping[str, Operation]
    triggers: Mapping[str, Trigger]

    def operation(self, name: str) -> Operation:
        """Find one.

        Raises:
            DefinitionError: there is none; the message names the nearest three.
        """
        if name in self.triggers:
            fix = f"`dragoman catalog show {name}` tells how a flow begins with it"
            raise DefinitionError(f"{name} is a trigger: it happens, nobody calls it", fix=fix)
        if name not in self.operations:
            hint = did_you_mean(name, self.operations, 3)
            shown = name[:_SHOWN]
            words = shown.replace(".", " ").replace("_", " ")
            fix = f"`dragoman catalog search {words}` looks for it"
            raise DefinitionError(f"there is no operation {shown!r}: {hint}", fix=fix)
        return self.operations[name]

    def trigger(self, name: str) -> Trigger:
        """Find one; see `operation`."""
        if name not in self.triggers:
            hint = did_you_mean(name, self.triggers, 3)
            raise DefinitionError(f"there is no trigger {name!r}: {hint}")
        return self.triggers[name]


def load(folders: Mapping[str, list[Path]]) -> Catalogue:
    """Read the folders of each vendor: `types.yaml`, `operations/*.yaml`, `triggers/*.yaml`.

    Raises:
        DefinitionError: an entry is wrong; the message names file and entry.
    """
    operations: dict[str, Operation] = {}
    triggers: dict[str, Trigger] = {}
    for vendor, places in folders.items():
        types: dict[str, Any] = {}
        for place in places:
            types |= _document(place / "types.yaml")
        reader = Reader(types)
        for path, name, raw in _entries(places, "operations"):
            operation = _operation(vendor, path, name, raw, reader)
            operations[operation.id] = operation
        for path, name, raw in _entries(places, "triggers"):
            trigger = _trigger(vendor, path, name, raw, reader)
            triggers[trigger.id] = trigger
    _check_references(operations, triggers)
    for name, words in crossings.found(operations.values()).items():
        operations[name] = msgspec.structs.replace(operations[name], elsewhere=words)
    return Catalogue(operations, triggers)


def _document(path: Path) -> dict[str, Any]:
    try:
        said = path.read_bytes() if path.is_file() else None
    except OSError as error:
        raise DefinitionError(f"cannot be read: {error.strerror}", where=Where(str(path))) from None
    if said is None:
        if path.is_symlink() or path.exists():
            raise DefinitionError("is no file", where=Where(str(path)))
        return {}
    twice = [name for name, count in Counter(_NAMED.findall(said)).items() if count > 1]
    if twice:
        raise DefinitionError(
            f"entry {twice[0].decode()!r} stands here twice", where=Where(str(path))
        )
    try:
        # The C loader: parsing the whole catalogue takes half a second with it, several without.
        content = yaml.load(said, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = Where(str(path), mark.line + 1, mark.column + 1) if mark else Where(str(path))
        raise DefinitionError(f"not YAML: {getattr(error, 'problem', '')}", where=where) from None
    if content is None:
        return {}
    if not isinstance(content, dict):
        raise DefinitionError("expected entries by name", where=Where(str(path)))
    return content


def _entries(places: list[Path], kind: str) -> Iterator[tuple[Path, str, Any]]:
    for place in places:
        for path in sorted((place / kind).glob("*.yaml")):
            for name, raw in _document(path).items():
                if not isinstance(name, str):
                    raise DefinitionError(
                        f"entry {name!r}: its name is not text",
                        fix="quote it",
                        where=Where(str(path)),
                    )
                yield path, name, raw


def _convert(path: Path, name: str, raw: Any, model: type[Any]) -> Any:
    try:
        return msgspec.convert(raw, model, strict=False)
    except msgspec.ValidationError as error:
        fix = checks.way_out(str(error), raw, model)
        where = Where(str(path))
        raise DefinitionError(f"entry {name!r}: {error}", fix=fix, where=where) from None


def _operation(vendor: str, path: Path, name: str, raw: Any, reader: Reader) -> Operation:
    entry: RawOperation = _convert(path, name, raw, RawOperation)
    method, _, address = entry.request.partition(" ")
    group = path.stem
    try:
        inputs = {
            key: _parameter(key, value, method, address) for key, value in entry.input.items()
        }
        output = reader.read(_OUTPUTS.get(entry.answer, entry.output))
    except DefinitionError as error:
        raise _named(error, name, path) from None
    operation = Operation(
        id=f"{vendor}.{group}.{name}",
        vendor=vendor,
        group=group,
        title=entry.title,
        does=entry.does,
        effect=entry.effect,
        method=method,
        path=address,
        version=str(entry.version),
        scopes=entry.scopes,
        tokens=entry.tokens,
        v3=address if entry.v3 == "same" else entry.v3,
        v3_names=entry.v3_names,
        v3_body=entry.v3_body,
        stage=entry.stage,
        first_class=entry.first_class,
        success=entry.success,
        input=inputs,
        output=output,
        paging=entry.paging,
        lookup=entry.lookup,
        no_lookup=entry.no_lookup,
        consent=entry.consent,
        no_consent=entry.no_consent,
        tidy=entry.tidy,
        answer=entry.answer,
        missing=entry.missing,
        ready=entry.ready,
        run=entry.run,
        parts=tuple(f"{vendor}.{part}" for part in entry.parts),
        callable=entry.callable,
        reason=entry.reason,
        example=entry.example,
        source=entry.source,
        file=path.name,
    )
    try:
        checks.operation(operation)
    except DefinitionError as error:
        raise _named(error, name, path) from None
    return operation


def _trigger(vendor: str, path: Path, name: str, raw: Any, reader: Reader) -> Trigger:
    entry: RawTrigger = _convert(path, name, raw, RawTrigger)
    try:
        data = {key: _field(key, value, reader) for key, value in entry.data.items()}
        settings = {key: _parameter(key, value, "", "") for key, value in entry.settings.items()}
    except DefinitionError as error:
        raise _named(error, name, path) from None
    poll = entry.poll
    if poll is not None:
        poll = msgspec.structs.replace(poll, parts=tuple(f"{vendor}.{one}" for one in poll.parts))
    trigger = Trigger(
        id=f"{vendor}.{path.stem}.{name}",
        vendor=vendor,
        title=entry.title,
        does=entry.does,
        settings=settings,
        match=entry.match,
        key=entry.key,
        subject=entry.subject,
        time=entry.time,
        data=data,
        about=entry.about,
        otherwise=entry.otherwise,
        poll=poll,
        webhook=entry.webhook,
        callable=entry.callable,
        reason=entry.reason,
        source=entry.source,
        example=entry.example,
        file=path.name,
    )
    try:
        checks.trigger(trigger)
    except DefinitionError as error:
        raise _named(error, name, path) from None
    return trigger


def _named(error: DefinitionError, name: str, path: Path) -> DefinitionError:
    return DefinitionError(f"entry {name!r}: {error}", where=Where(str(path)))


def _parameter(name: str, raw: Any, method: str, address: str) -> Parameter:
    if not isinstance(raw, str | dict):
        raise DefinitionError(f"input {name!r} is neither a type nor a mapping")
    entry = {"type": raw} if isinstance(raw, str) else raw
    checks.keywords(name, entry)
    wire = str(entry.get("name", name))
    keywords = {key: value for key, value in entry.items() if key not in checks.OWN}
    if keywords.get("type") == "any":
        del keywords["type"]
    place = _place(entry.get("in"), wire, method, address)
    checks.file(name, entry, place)
    if place == "file" and keywords:
        raise DefinitionError(f"input {name!r} is a file, whose form is known: it has no type")
    return Parameter(
        name=name,
        wire=wire,
        place=place,
        schema=multipart.SCHEMA if place == "file" else keywords,
        required=bool(entry.get("required", False)),
        default=entry.get("default"),
        does=str(entry.get("does", "")),
        types=tuple(entry.get("types", ())),
        most=int(entry.get("most", 0)),
    )


def _place(said: Any, wire: str, method: str, address: str) -> Place:
    if said is not None:
        try:
            place: Place = msgspec.convert(said, Place)
        except msgspec.ValidationError as error:
            raise DefinitionError(f"input {wire!r}, `in`: {error}") from None
        return place
    if "{" + wire + "}" in address:
        return "path"
    return "query" if method in {"GET", "DELETE"} else "body"


def _field(name: str, raw: Any, reader: Reader) -> Field:
    if not isinstance(raw, dict):
        return Field(reader.read(raw))
    try:
        entry = msgspec.convert(raw, RawField)
    except msgspec.ValidationError as error:
        raise DefinitionError(f"field {name!r}: {error}") from None
    columns = (entry.columns,) if isinstance(entry.columns, str) else entry.columns
    return Field(reader.read(entry.type), columns, entry.does)


def _check_references(operations: Mapping[str, Operation], triggers: Mapping[str, Trigger]) -> None:
    """Every operation that an entry leans on must exist, or the entry is wrong."""
    leaning = [(one.id, one.file, one.parts) for one in operations.values()]
    leaning += [
        (one.id, one.file, (f"{one.vendor}.{one.consent.ask}",))
        for one in operations.values()
        if one.consent
    ]
    leaning += [(one.id, one.file, one.poll.parts) for one in triggers.values() if one.poll]
    for owner, file, parts in leaning:
        for part in parts:
            if part not in operations:
                hint = did_you_mean(part, operations, 3)
                raise DefinitionError(
                    f"{owner} names the part {part!r}, which is no operation: {hint}",
                    where=Where(file),
                )
