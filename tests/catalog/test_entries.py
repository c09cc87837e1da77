"""What must hold for every entry and every vendor that ships."""

import inspect
import re

import jsonschema_rs
import pytest

from dragoman.catalog import building
from dragoman.catalog.building import Builder
from dragoman.catalog.entries import Effect, Operation, Trigger
from dragoman.catalog.shapes import Shape
from dragoman.catalog.vendors import Functions, Vendor
from dragoman.kernel.errors import DefinitionError
from dragoman.vendors import registry
from tests.catalog.shipped import (
    CALLS,
    CATALOGUE,
    COMPOSITES,
    OPERATIONS,
    RECEIVED,
    TRIGGERS,
    VENDORS,
    name,
)

FIRST_CLASS = [one for one in OPERATIONS if one.first_class]
LOOKED_UP = [one for one in OPERATIONS if one.lookup]
ASKED = [one for one in OPERATIONS if one.consent]
POLLED = [one for one in TRIGGERS if one.poll]
FACT = re.compile(r"\{\{ connection\.(\w+) \}\}")


def at(shape: Shape, dotted: str) -> Shape | None:
    """The shape of a field of a field, or None where nothing is known of it."""
    for step in dotted.split("."):
        found = (shape.fields or {}).get(step)
        if found is None:
            return None
        shape = found
    return shape


def takes(function: object, count: int) -> bool:
    """Whether a plan or filter can be called with so many values."""
    assert callable(function)
    try:
        inspect.signature(function).bind(*range(count))
    except TypeError:
        return False
    return True


def test_the_walker_finds_what_ships() -> None:
    assert len(OPERATIONS) >= 18
    assert len(TRIGGERS) >= 1
    assert {one.vendor for one in OPERATIONS} == set(VENDORS)


@pytest.mark.parametrize("entry", [*OPERATIONS, *TRIGGERS], ids=name)
def test_an_entry_says_what_it_is_and_what_it_does(entry: Operation | Trigger) -> None:
    assert entry.title.strip() == entry.title != ""
    assert not entry.title.endswith(".")
    assert entry.does.strip().endswith(".")


@pytest.mark.parametrize("entry", [*OPERATIONS, *TRIGGERS], ids=name)
def test_an_id_is_vendor_thing_and_verb_in_small_letters(entry: Operation | Trigger) -> None:
    assert re.fullmatch(rf"{entry.vendor}\.[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*", entry.id)


@pytest.mark.parametrize("operation", OPERATIONS, ids=name)
def test_an_operation_can_check_input(operation: Operation) -> None:
    Builder(operation)

    assert building.schema(operation)["additionalProperties"] is False


@pytest.mark.parametrize("operation", OPERATIONS, ids=name)
def test_every_function_that_an_operation_names_is_there(operation: Operation) -> None:
    resolve = VENDORS[operation.vendor].resolve

    if operation.tidy:
        assert takes(resolve(operation.tidy), 1)
    if operation.run:
        assert inspect.isgeneratorfunction(resolve(operation.run))
    if operation.lookup:
        assert inspect.isgeneratorfunction(resolve(operation.lookup.by))
    if operation.consent:
        assert takes(resolve(operation.consent.read), 2)


@pytest.mark.parametrize("operation", OPERATIONS, ids=name)
def test_a_default_taken_from_the_connection_is_something_connections_know(
    operation: Operation,
) -> None:
    defaults = [str(one.default) for one in operation.input.values() if one.default is not None]
    facts = {found.group(1) for text in defaults if (found := FACT.fullmatch(text))}

    assert facts <= set(VENDORS[operation.vendor].facts)
    assert [text for text in defaults if "{{" in text and not FACT.fullmatch(text)] == []


@pytest.mark.parametrize("operation", OPERATIONS, ids=name)
def test_a_default_would_be_accepted_if_somebody_gave_it(operation: Operation) -> None:
    for one in operation.input.values():
        if one.default is not None and not FACT.fullmatch(str(one.default)):
            assert jsonschema_rs.is_valid(one.schema, one.default)


@pytest.mark.parametrize("operation", OPERATIONS, ids=name)
def test_a_create_of_first_class_can_be_looked_up_or_says_why_not(operation: Operation) -> None:
    if operation.first_class and operation.effect is Effect.CREATE and operation.callable:
        assert operation.lookup or operation.no_lookup


@pytest.mark.parametrize("operation", FIRST_CLASS, ids=name)
def test_what_is_of_first_class_has_an_example_and_a_known_output(operation: Operation) -> None:
    assert operation.example
    assert operation.output.kind != "any"


@pytest.mark.parametrize("operation", LOOKED_UP, ids=name)
def test_the_identity_of_a_created_thing_is_a_needed_text_of_the_output(
    operation: Operation,
) -> None:
    assert operation.lookup
    assert operation.lookup.settle > 0
    if not operation.lookup.exclusive:
        return  # whoever made it, it is the one
    shape: Shape | None = operation.output
    for step in operation.lookup.identity.split("."):
        assert shape is not None
        assert step in shape.needed
        shape = at(shape, step)

    assert shape == Shape("string")


@pytest.mark.parametrize(
    "operation", [one for one in CALLS if one.missing or one.effect is Effect.DELETE], ids=name
)
def test_where_there_is_nothing_the_output_has_its_form_all_the_same(operation: Operation) -> None:
    resolve = VENDORS[operation.vendor].resolve
    nothing = resolve(operation.tidy)({}) if operation.tidy else {}

    assert operation.output.missing(nothing) is None
    assert not (operation.ready and nothing[operation.ready.field])


@pytest.mark.parametrize("operation", ASKED, ids=name)
def test_consent_is_asked_by_a_read_with_input_that_both_know(operation: Operation) -> None:
    assert operation.consent
    ask = CATALOGUE.operation(f"{operation.vendor}.{operation.consent.ask}")

    assert ask.effect is Effect.READ
    assert set(operation.consent.input) <= set(ask.input)
    assert {one.name for one in ask.input.values() if one.required} <= set(operation.consent.input)
    for ours in [*operation.consent.input.values(), operation.consent.channel]:
        assert operation.input[ours].required


def sends(operation: Operation) -> bool:
    """Whether an entry says of itself that a second call would send, or log, a second message."""
    said = {operation.id.rpartition(".")[2].partition("_")[0], operation.title.lower().split()[0]}
    creates = operation.effect is Effect.CREATE and operation.callable
    return creates and (operation.group == "messages" or "send" in said)


@pytest.mark.parametrize("operation", OPERATIONS, ids=name)
def test_nothing_is_sent_to_a_person_without_asking_for_consent(operation: Operation) -> None:
    """Or else the entry says why nobody is asked, where a reader of the catalogue sees it."""
    asked = operation.consent is not None

    assert not (asked and operation.no_consent)
    assert (asked or operation.no_consent != "") >= sends(operation)
    assert asked <= sends(operation)


@pytest.mark.parametrize("operation", COMPOSITES, ids=name)
def test_the_parts_of_a_composite_are_calls_of_the_same_vendor(operation: Operation) -> None:
    for part in operation.parts:
        found = CATALOGUE.operation(part)
        assert not found.composite
        assert found.callable
        assert found.vendor == operation.vendor


@pytest.mark.parametrize("trigger", POLLED, ids=name)
def test_a_poll_only_reads(trigger: Trigger) -> None:
    assert trigger.poll
    assert inspect.isgeneratorfunction(VENDORS[trigger.vendor].resolve(trigger.poll.plan))
    assert {CATALOGUE.operation(part).effect for part in trigger.poll.parts} == {Effect.READ}
    assert trigger.poll.every > 0
    assert trigger.poll.page > 0


@pytest.mark.parametrize("trigger", RECEIVED, ids=name)
def test_a_webhook_is_of_a_type_and_read_by_a_function_that_is_there(trigger: Trigger) -> None:
    assert trigger.webhook
    assert trigger.webhook.types
    assert takes(VENDORS[trigger.vendor].resolve(trigger.webhook.row), 1)


@pytest.mark.parametrize("trigger", TRIGGERS, ids=name)
def test_a_trigger_can_be_found_somehow_and_tells_its_events_apart(trigger: Trigger) -> None:
    assert trigger.poll or trigger.webhook
    assert {*trigger.key, trigger.subject, trigger.time} <= set(trigger.data)
    assert trigger.data[trigger.time].shape == Shape("integer")


@pytest.mark.parametrize("operation", [one for one in CALLS if one.paging], ids=name)
def test_paging_speaks_of_fields_and_inputs_that_exist(operation: Operation) -> None:
    paging = operation.paging
    assert paging is not None
    items = at(operation.output, paging.items) if paging.items else operation.output

    assert items is not None
    assert items.kind == "array"
    assert paging.next in operation.input
    assert (paging.size or paging.next) in operation.input
    for field in (paging.total, paging.more, paging.headers):
        assert not field or at(operation.output, field) is not None


@pytest.mark.parametrize("vendor", VENDORS.values(), ids=lambda one: one.name)
def test_a_vendor_brings_exactly_the_functions_that_everybody_calls(vendor: Vendor) -> None:
    expected = {one for one in vars(Functions) if not one.startswith("_")}

    assert set(vars(vendor.functions)) == expected
    assert all(callable(one) for one in vars(vendor.functions).values())


@pytest.mark.parametrize("vendor", VENDORS.values(), ids=lambda one: one.name)
def test_a_vendor_is_reached_by_https_and_has_limits(vendor: Vendor) -> None:
    assert vendor.title
    assert vendor.base_urls
    assert all(url.startswith("https://") for url in vendor.base_urls.values())
    assert vendor.base_url("") == next(iter(vendor.base_urls.values()))
    assert 0 < vendor.limits.burst <= vendor.limits.daily
    assert 0 <= vendor.limits.reserve < vendor.limits.daily


def test_filters_of_vendors_do_not_hide_each_other() -> None:
    names = [one for vendor in VENDORS.values() for one in vendor.filters]

    assert len(names) == len(set(names))
    for vendor in VENDORS.values():
        assert all(callable(one) for one in vendor.filters.values())


def test_every_folder_with_a_vendor_file_is_a_vendor() -> None:
    assert set(registry.folders()) == set(VENDORS) == {"highlevel", "acton"}


def test_an_unknown_operation_or_trigger_is_answered_with_the_nearest() -> None:
    with pytest.raises(DefinitionError, match=r"highlevel\.messages\.send"):
        CATALOGUE.operation("highlevel.message.send")
    with pytest.raises(DefinitionError, match=r"acton\.contact\.added"):
        CATALOGUE.trigger("acton.contact.add")
