"""Each entry is tested because it is there: against its own recorded example."""

import re
from typing import Any

import jsonschema_rs
import pytest

from dragoman.catalog import mapping
from dragoman.catalog.building import Builder
from dragoman.catalog.entries import Operation, Trigger
from dragoman.catalog.wire import Request
from dragoman.kernel import jsons
from dragoman.kernel.errors import Rejected
from dragoman.vendors import registry
from tests.catalog.shipped import (
    CATALOGUE,
    COMPOSITES,
    OPERATIONS,
    RECEIVED,
    RECORDED,
    TRIGGERS,
    VENDORS,
    content,
    example,
    name,
)

ADDRESS = re.compile(r"[\w.+-]+@[\w.-]+")
PHONE = re.compile(r"\+\d{6,}")


def body(request: Request) -> Any:
    """The body as an example writes it: JSON as it is, a form as its text."""
    if request.body is None:
        return None
    if request.headers["Content-Type"] == "application/json":
        return jsons.decode(request.body)
    return request.body.decode()


@pytest.mark.parametrize("operation", RECORDED, ids=name)
def test_the_recorded_request_is_built_from_the_recorded_input(operation: Operation) -> None:
    recorded = example(operation)
    builder = Builder(operation)

    request = builder.build(builder.complete(recorded["input"], recorded["connection"]))

    assert {
        "method": request.method,
        "path": request.path,
        "query": [list(pair) for pair in request.query],
        "headers": request.headers,
        "body": body(request),
    } == recorded["request"]


@pytest.mark.parametrize("operation", RECORDED, ids=name)
def test_the_recorded_answer_is_read_as_the_recorded_output(operation: Operation) -> None:
    recorded = example(operation)

    output = content(operation, recorded["answer"])

    assert output == recorded["output"]
    assert operation.output.missing(output) is None


@pytest.mark.parametrize("operation", RECORDED, ids=name)
def test_the_recorded_connection_knows_only_what_connections_can_know(operation: Operation) -> None:
    assert set(example(operation)["connection"]) <= set(VENDORS[operation.vendor].facts)


@pytest.mark.parametrize("operation", COMPOSITES, ids=name)
def test_a_composite_makes_its_recorded_parts_and_ends_in_its_output(operation: Operation) -> None:
    recorded = example(operation)
    given = Builder(operation).complete(recorded["input"], {})
    plan = VENDORS[operation.vendor].resolve(operation.run)(given)
    made = []

    def play() -> None:
        part = next(plan)
        for step in recorded["parts"]:
            made.append({"operation": part.operation, "input": part.input})
            if "error" in step:
                part = plan.throw(Rejected(**step["error"]))
            else:
                part = plan.send(step["output"])

    with pytest.raises(StopIteration) as end:
        play()

    assert made == [{key: one[key] for key in ("operation", "input")} for one in recorded["parts"]]
    assert {one["operation"] for one in made} <= set(operation.parts)
    assert end.value.value == recorded["output"]
    assert operation.output.missing(end.value.value) is None


@pytest.mark.parametrize("operation", COMPOSITES, ids=name)
def test_the_outputs_of_a_composites_parts_could_really_have_come(operation: Operation) -> None:
    for step in example(operation)["parts"]:
        part = CATALOGUE.operation(step["operation"])
        Builder(part).complete(step["input"], {"location_id": "loc", "account_id": "1"})
        if "output" in step:
            assert part.output.missing(step["output"]) is None


@pytest.mark.parametrize("trigger", TRIGGERS, ids=name)
def test_the_recorded_row_becomes_the_recorded_event(trigger: Trigger) -> None:
    recorded = example(trigger)

    data = mapping.data(trigger, recorded["row"])

    assert data == recorded["event"]["data"]
    assert data[trigger.subject] == recorded["event"]["subject"]
    assert data[trigger.time] == recorded["event"]["time"]
    assert [data[field] for field in trigger.key] == recorded["event"]["key"]
    assert trigger.shape.missing(data) is None


@pytest.mark.parametrize("trigger", RECEIVED, ids=name)
def test_the_recorded_delivery_is_read_as_the_recorded_row(trigger: Trigger) -> None:
    recorded, rule, vendor = example(trigger), trigger.webhook, VENDORS[trigger.vendor]
    assert rule is not None
    assert vendor.webhook is not None

    row = vendor.resolve(rule.row)(recorded["delivery"])

    assert row == recorded["row"]
    assert recorded["delivery"]["type"] in rule.types
    assert recorded["event"]["subject"] is not None or trigger.otherwise
    assert set(rule.types) <= vendor.webhook.types
    assert {*rule.where, *rule.unless} <= set(row)


@pytest.mark.parametrize("trigger", TRIGGERS, ids=name)
def test_a_flow_with_the_recorded_settings_takes_the_recorded_event(trigger: Trigger) -> None:
    recorded = example(trigger)

    for setting, value in recorded["settings"].items():
        assert jsonschema_rs.is_valid(trigger.settings[setting].schema, value)
    for setting, field in trigger.match.items():
        assert recorded["event"]["data"][field] == recorded["settings"][setting]


@pytest.mark.parametrize("vendor", VENDORS)
def test_every_example_belongs_to_an_entry_and_none_is_missing(vendor: str) -> None:
    folder = registry.folders()[vendor] / "examples"
    written = {path.name for path in folder.iterdir()}

    named = {one.example for one in OPERATIONS if one.vendor == vendor and one.example}
    named |= {one.example for one in TRIGGERS if one.vendor == vendor}

    assert written == named


@pytest.mark.parametrize("entry", [*RECORDED, *COMPOSITES, *TRIGGERS], ids=name)
def test_an_example_names_no_real_address_and_no_real_phone(entry: Operation | Trigger) -> None:
    text = jsons.text(example(entry))

    assert {one for one in ADDRESS.findall(text) if not one.endswith("@example.com")} == set()
    assert {one for one in PHONE.findall(text) if not one.startswith("+1415555")} == set()
