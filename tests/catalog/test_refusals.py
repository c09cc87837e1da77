"""Input that is wrong is refused early, by name, and never repeated."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from dragoman.catalog.building import Builder, schema
from dragoman.catalog.entries import Operation, Parameter, Place
from dragoman.catalog.samples import sample
from dragoman.http import target
from dragoman.kernel import jsons
from dragoman.kernel.errors import BadInput
from tests.catalog.making import CANARY, JSON, ORIGIN, builder, everything
from tests.catalog.shipped import OPERATIONS, example, name

SHOWN = [one for one in OPERATIONS if one.example]
FACTS = {"location_id": "loc", "company_id": "company", "account_id": "10001"}

WRONG: dict[str, list[Any]] = {
    "string": [True, 3, 1.5, [CANARY], {CANARY: CANARY}],
    "integer": [CANARY, 1.5, True, [CANARY], {"a": CANARY}],
    "boolean": [CANARY, 1, [CANARY], {"a": CANARY}],
    "array": [CANARY, 1, True, {"a": CANARY}],
    "object": [CANARY, 1, True, [CANARY]],
    "number": [CANARY, True, [CANARY], {"a": CANARY}],
}


class Odd:
    def __repr__(self) -> str:
        return CANARY


def nested(levels: int) -> Any:
    value: Any = CANARY
    for number in range(levels):
        value = [value] if number % 2 else {"a": value}
    return value


IN_ITSELF: list[Any] = []
IN_ITSELF.append(IN_ITSELF)
NO_JSON: dict[str, tuple[Any, str]] = {
    "half a character": (f"{CANARY}\ud800", "half a character"),
    "half a character within": ({"a": ["\udfff"]}, "half a character"),
    "half a character in a name": ({f"{CANARY}\ud83d": 1}, "half a character"),
    "no number": (float("nan"), "a number that JSON has not"),
    "no end": ([1, float("-inf")], "a number that JSON has not"),
    "too long a number": ([1, -(10**400)], "a number that nobody reads"),
    "1000 levels": (nested(1000), "more than 40 lists or objects within each other"),
    "41 levels": (nested(41), "more than 40 lists or objects within each other"),
    "a list in itself": (IN_ITSELF, "more than 40 lists or objects within each other"),
    "bytes": (CANARY.encode(), "what JSON has not: bytes"),
    "a tuple": ((CANARY,), "what JSON has not: tuple"),
    "a set within": ([{CANARY}], "what JSON has not: set"),
    "an object of Python's": (Odd(), "what JSON has not: Odd"),
    "a name that is a number": ({1: CANARY}, "an object with a name that is no text"),
    "no name": ({"a": [{None: CANARY}]}, "an object with a name that is no text"),
}


@pytest.mark.parametrize("case", NO_JSON)
@pytest.mark.parametrize("place", ["path", "query", "body", "form", "root", "header"])
def test_what_json_cannot_hold_is_refused_before_it_is_written_anywhere(
    place: Place, case: str
) -> None:
    things = builder("/{a}" if place == "path" else "/", a=place)
    value, said = NO_JSON[case]

    with pytest.raises(BadInput) as refused:
        things.complete({"a": value}, {})

    assert refused.value.message == f"example.things.do: 'a' holds {said}"
    assert CANARY not in everything(refused.value)


def test_what_is_nested_as_deep_as_may_be_is_written_and_can_be_read_again() -> None:
    things = builder(a="body")
    value = nested(40)

    request = things.build(things.complete({"a": value}, {}))

    assert jsons.decode(jsons.encode({"data": [{"input": jsons.decode(request.body or b"")}]}))


@pytest.mark.parametrize("operation", SHOWN, ids=name)
@settings(deadline=None, max_examples=20)
@given(data=st.data())
def test_whatever_is_given_is_a_request_or_a_refusal(operation: Operation, data: Any) -> None:
    known = st.sampled_from([*operation.input, "other"]) if operation.input else st.just("other")
    given_values = data.draw(st.dictionaries(known, JSON, max_size=4))
    things = Builder(operation)
    try:
        value = things.complete(given_values, FACTS)
        request = things.build(value)
    except BadInput as refusal:
        said = refusal.message
    else:
        said = "" if operation.composite else target.url(ORIGIN, request)
        assert set(value) <= set(operation.input)

    assert said.startswith((operation.id, "https://example.com/")) or operation.composite


@pytest.mark.parametrize("operation", [one for one in SHOWN if one.input], ids=name)
def test_an_unknown_input_is_answered_with_the_nearest(operation: Operation) -> None:
    known = next(iter(operation.input))

    with pytest.raises(BadInput, match=f"no input '{known}x': did you mean '{known}'") as refused:
        Builder(operation).complete({f"{known}x": CANARY}, {})

    assert f"dragoman catalog show {operation.id}" in refused.value.fix
    assert CANARY not in everything(refused.value)


@pytest.mark.parametrize(
    ("operation", "parameter"),
    [
        (one, given)
        for one in SHOWN
        for given in one.input.values()
        if given.required and (given.default is None or "{{" in str(given.default))
    ],
    ids=lambda one: getattr(one, "id", None) or one.name,
)
def test_a_missing_input_is_named(operation: Operation, parameter: Parameter) -> None:
    recorded = {"connection": {}, **example(operation)}
    facts = {
        key: value for key, value in recorded["connection"].items() if parameter.default is None
    }
    known = Builder(operation).complete(recorded["input"], recorded["connection"])
    rest = {key: value for key, value in known.items() if key != parameter.name}

    with pytest.raises(BadInput, match=f"needs '{parameter.name}'"):
        Builder(operation).complete(rest, facts)
    if "null" in parameter.schema.get("type", ""):
        return  # there null is a value
    with pytest.raises(BadInput, match=f"needs '{parameter.name}'"):
        Builder(operation).complete({**rest, parameter.name: None}, facts)


@pytest.mark.parametrize(
    ("operation", "parameter"),
    [
        (one, given)
        for one in SHOWN
        for given in one.input.values()
        if given.place == "file" or given.schema.get("type") in list(WRONG)
    ],
    ids=lambda one: getattr(one, "id", None) or one.name,
)
def test_a_wrong_type_is_refused_by_name_and_never_repeated(
    operation: Operation, parameter: Parameter
) -> None:
    recorded = example(operation)
    # A file may be text or an object; what is no text is no such object either.
    wrong = WRONG["string" if parameter.place == "file" else parameter.schema["type"]]
    for value in [*wrong, CANARY] if "enum" in parameter.schema else wrong:
        with pytest.raises(BadInput) as refused:
            Builder(operation).complete({**recorded["input"], parameter.name: value}, FACTS)

        assert f"{operation.id}: {parameter.name} should be " in refused.value.message
        assert CANARY not in everything(refused.value)


@pytest.mark.parametrize(
    ("operation", "parameter"),
    [
        (one, given)
        for one in SHOWN
        for given in one.input.values()
        if {"minimum", "maximum", "minItems"} & given.schema.keys()
    ],
    ids=lambda one: getattr(one, "id", None) or one.name,
)
def test_a_value_beyond_its_bounds_is_refused_with_the_bounds(
    operation: Operation, parameter: Parameter
) -> None:
    bounds = parameter.schema
    beyond: list[Any] = [bounds["minimum"] - 1] if "minimum" in bounds else []
    beyond += [bounds["maximum"] + 1] if "maximum" in bounds else []
    beyond += [[CANARY] * (bounds["minItems"] - 1)] if "minItems" in bounds else []
    for value in beyond:
        with pytest.raises(BadInput) as refused:
            Builder(operation).complete(
                {**example(operation)["input"], parameter.name: value}, FACTS
            )

        for bound in ("minimum", "maximum", "minItems"):
            if bound in bounds:
                assert f"{bound} {bounds[bound]}" in refused.value.message


def test_a_refused_path_value_is_not_repeated() -> None:
    things = builder("/a/{x}", x="path")

    with pytest.raises(BadInput) as refused:
        things.build({"x": f"{CANARY}\n"})

    assert CANARY not in everything(refused.value)


def test_a_name_that_nobody_knows_is_a_value_and_not_repeated() -> None:
    """Not within a value; as the name of an input, as far as a person can read it."""
    operation = next(one for one in OPERATIONS if one.id == "highlevel.users.create")

    with pytest.raises(BadInput, match="permissions should be object") as one:
        Builder(operation).complete({**sample(operation), "permissions": {CANARY: CANARY}}, FACTS)
    with pytest.raises(BadInput, match="has no input") as other:
        Builder(operation).complete({"x" * 10_000: 1}, FACTS)

    assert CANARY not in everything(one.value)
    assert len(other.value.message) < 500


def test_a_fault_deep_in_a_value_is_placed_and_not_repeated() -> None:
    operation = next(one for one in OPERATIONS if one.id == "highlevel.contacts.upsert")

    with pytest.raises(BadInput) as refused:
        Builder(operation).complete({"tags": ["a", {"x": CANARY}]}, {"location_id": "loc"})

    assert "upsert: tags should be array, and tags.1 does not fit" in refused.value.message
    assert CANARY not in everything(refused.value)


def test_a_fact_of_the_connection_fills_in_and_may_be_overruled() -> None:
    operation = next(one for one in OPERATIONS if one.id == "highlevel.conversations.search")
    search = Builder(operation)

    assert search.complete({}, {"location_id": "loc"})["locationId"] == "loc"
    assert search.complete({"locationId": "other"}, {"location_id": "loc"})["locationId"] == "other"
    with pytest.raises(BadInput, match="needs 'locationId'"):
        search.complete({}, {})


@pytest.mark.parametrize("operation", OPERATIONS, ids=name)
def test_the_schema_of_the_input_names_every_input(operation: Operation) -> None:
    found = schema(operation)

    assert set(found["properties"]) == set(operation.input)
    assert set(found["required"]) == {one.name for one in operation.input.values() if one.required}


def test_null_is_sent_where_it_means_something_and_is_left_out_elsewhere() -> None:
    inputs = {
        "owner": Parameter("owner", "owner", "body", {"type": ["string", "null"]}, required=True),
        "note": Parameter("note", "note", "body", {"type": "string"}),
    }
    things = Builder(structs.replace(builder().operation, input=inputs))

    request = things.build(things.complete({"owner": None, "note": None}, {}))

    assert jsons.decode(request.body or b"") == {"owner": None}
