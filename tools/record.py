"""Fill in what an example says of the request and the output, from what it says else.

    uv run --all-groups python -m tools.record FILE.json ...

A person writes `input`, `connection` (the facts it leans on) and `answer` (status, headers, and
`body`, `text` or `base64`) from the documented facts; `request` and `output` follow from the entry
that names the file as its `example`. Of a trigger it is `settings` and `delivery`, or `row` where
it is found by asking; `row` and `event` follow.
"""

import sys
from base64 import b64decode
from pathlib import Path
from typing import Any

import msgspec

from dragoman.catalog import bodies, catalogue, mapping
from dragoman.catalog.building import Builder
from dragoman.catalog.entries import Operation, Trigger
from dragoman.catalog.wire import Answer, Request
from dragoman.kernel import jsons
from dragoman.vendors import registry

ENTRIES = catalogue.load({name: [path] for name, path in registry.folders().items()})


def recorded(operation: Operation, example: dict[str, Any]) -> dict[str, Any]:
    """The example with its request and its output."""
    builder = Builder(operation)
    request = builder.build(builder.complete(example["input"], example["connection"]))
    return {
        "input": example["input"],
        "connection": example["connection"],
        "request": {
            "method": request.method,
            "path": request.path,
            "query": [list(pair) for pair in request.query],
            "headers": request.headers,
            "body": _body(request),
        },
        "answer": example["answer"],
        "output": _output(operation, _answer(example["answer"])),
    }


def happened(trigger: Trigger, example: dict[str, Any]) -> dict[str, Any]:
    """The example with its row, where a webhook gives it, and its event."""
    told = {"settings": example["settings"]}
    row: dict[str, Any] = example.get("row", {})
    if "delivery" in example:
        assert trigger.webhook is not None  # noqa: S101  # nobody else has a delivery
        row = registry.vendors()[trigger.vendor].resolve(trigger.webhook.row)(example["delivery"])
        told["delivery"] = example["delivery"]
    data = mapping.data(trigger, row)
    event = {
        "subject": data[trigger.subject],
        "time": data[trigger.time],
        "data": data,
        "key": [data[name] for name in trigger.key],
    }
    return {**told, "row": row, "event": event}


def _body(request: Request) -> Any:
    if request.body is None:
        return None
    if request.headers["Content-Type"] == "application/json":
        return jsons.decode(request.body)
    return request.body.decode()


def _answer(said: dict[str, Any]) -> Answer:
    if "body" in said:
        body = jsons.encode(said["body"])
    else:
        body = said["text"].encode() if "text" in said else b64decode(said["base64"])
    return Answer(said["status"], said["headers"], body)


def _output(operation: Operation, answer: Answer) -> Any:
    if operation.answer != "json":
        return bodies.facts(answer, operation.answer)
    vendor = registry.vendors()[operation.vendor]
    content = vendor.functions.read(answer)
    return vendor.resolve(operation.tidy)(content) if operation.tidy else content


def main() -> None:
    for path in map(Path, sys.argv[1:]):
        vendor = path.resolve().parent.parent.name
        entries: list[Operation | Trigger] = [
            *ENTRIES.operations.values(),
            *ENTRIES.triggers.values(),
        ]
        (entry,) = (one for one in entries if one.vendor == vendor and one.example == path.name)
        said = jsons.decode(path.read_bytes())
        example = recorded(entry, said) if isinstance(entry, Operation) else happened(entry, said)
        path.write_bytes(msgspec.json.format(jsons.encode(example), indent=2) + b"\n")


if __name__ == "__main__":
    main()
