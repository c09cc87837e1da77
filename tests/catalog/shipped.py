"""All entries and vendors that ship, read once, and their recorded examples."""

from base64 import b64decode
from typing import Any

from dragoman.catalog import bodies, catalogue
from dragoman.catalog.entries import Operation, Trigger
from dragoman.catalog.wire import Answer
from dragoman.kernel import jsons
from dragoman.vendors import registry

CATALOGUE = catalogue.load({name: [path] for name, path in registry.folders().items()})
VENDORS = registry.vendors()
OPERATIONS = list(CATALOGUE.operations.values())
TRIGGERS = list(CATALOGUE.triggers.values())
CALLS = [one for one in OPERATIONS if not one.composite]
RECORDED = [one for one in CALLS if one.example]
RECEIVED = [one for one in TRIGGERS if one.webhook and one.webhook.row]
COMPOSITES = [one for one in OPERATIONS if one.composite]


def name(entry: Operation | Trigger) -> str:
    return entry.id


def example(entry: Operation | Trigger) -> dict[str, Any]:
    """The recorded example of an entry."""
    path = registry.folders()[entry.vendor] / "examples" / entry.example
    found: dict[str, Any] = jsons.decode(path.read_bytes())
    return found


def answer(recorded: dict[str, Any]) -> Answer:
    """A recorded answer as it came over the wire: JSON, text, or bytes in base 64."""
    if "body" in recorded:
        body = jsons.encode(recorded["body"])
    elif "text" in recorded:
        body = recorded["text"].encode()
    else:
        body = b64decode(recorded["base64"])
    return Answer(recorded["status"], recorded["headers"], body)


def content(operation: Operation, recorded: dict[str, Any]) -> Any:
    """What a flow gets to see of a recorded answer."""
    if operation.answer != "json":
        return bodies.facts(answer(recorded), operation.answer)
    vendor = VENDORS[operation.vendor]
    found = vendor.functions.read(answer(recorded))
    return vendor.resolve(operation.tidy)(found) if operation.tidy else found
