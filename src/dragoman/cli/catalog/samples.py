"""What was recorded of an entry, ready to copy."""

from collections.abc import Iterator, Mapping

import msgspec
import yaml

from dragoman.catalog.entries import Operation, Trigger
from dragoman.catalog.phrases import needed
from dragoman.cli import terminal
from dragoman.kernel import jsons
from dragoman.kernel.jsons import Json

_MOST = 30
"""Lines of an example; `--json` has them all."""
Example = Mapping[str, Json]


def step(one: Operation, example: Example) -> Iterator[str]:
    """A step of a flow that makes the call."""
    given = example.get("input")
    name = one.id.rpartition(".")[2]
    yield from _yaml([{"id": name, "call": one.id, **({"input": given} if given else {})}])


def head(one: Trigger, example: Example) -> Iterator[str]:
    """The first lines of a flow that begins with the trigger."""
    settings = example.get("settings") or {}
    given = {
        name: settings.get(name, name.upper())
        for name, setting in one.settings.items()
        if name in settings or needed(setting)
    }
    yield from _yaml({"on": one.id, **({"with": given} if given else {})})


def request(example: Example) -> Iterator[str]:
    sent = example.get("request")
    if sent:
        yield f"{sent['method']} {sent['path']}"
        yield from (f"  {name}={value}" for name, value in sent.get("query") or [])
        yield from _body(sent.get("body"))


def answer(example: Example) -> Iterator[str]:
    if "output" in example:
        yield from _json(example["output"])


def data(example: Example) -> Iterator[str]:
    if example.get("event"):
        yield from _json(example["event"]["data"])


def _body(body: Json) -> Iterator[str]:
    """JSON as JSON; a form or a file as the lines it is made of."""
    if isinstance(body, str):
        yield from body.splitlines()
    elif body is not None:
        yield from _json(body)


def _json(value: Json) -> Iterator[str]:
    lines = msgspec.json.format(jsons.text(value), indent=2).splitlines()
    yield from lines[:_MOST]
    if len(lines) > _MOST:
        yield f"… and {len(lines) - _MOST} lines more: --json shows them"


def _yaml(value: Json) -> Iterator[str]:
    wide = terminal.out().width - 16  # a line may end a word later
    text = yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=wide)
    # The library quotes `on`, which is true in YAML 1.1; flows are read as YAML 1.2.
    yield from text.replace("'on':", "on:", 1).splitlines()


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as they are."""


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    style = "|" if "\n" in value else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _text)
