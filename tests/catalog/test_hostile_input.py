"""Whatever is given to any input of any operation: a request, or a refusal that repeats nothing."""

import datetime as dt
import decimal
import traceback
from typing import Any

import pytest

from dragoman.catalog.building import V3, Builder
from dragoman.catalog.entries import Operation
from dragoman.catalog.samples import sample
from dragoman.http import target
from dragoman.kernel.errors import BadInput
from tests.catalog.shipped import CALLS, VENDORS, name

FACTS = {"location_id": "loc", "company_id": "company", "account_id": "10001"}
ORIGIN = target.origin("https://example.com")
CANARY = "canary-7731"
DEEP: Any = CANARY
for _ in range(1000):
    DEEP = [{CANARY: DEEP}]
HOSTILE: tuple[Any, ...] = (
    *(None, True, -1, 1.5, 2**64, -(2**63) - 1, 10**300, 10**5000, float("nan"), float("inf")),
    *("", "\x00", f"{CANARY}\r\nX: y", f"{CANARY}\ud800", CANARY * 10_000, "💥" * 1000),
    *([], {}, [CANARY], {CANARY: CANARY}, [{CANARY: {CANARY: [CANARY]}}], [CANARY] * 20_000),
    *(DEEP, {1: CANARY}, {None: CANARY}, [{(1, 2): CANARY}], {f"{CANARY}\udfff": 1}),
    *(CANARY.encode(), bytearray(b"x"), {CANARY}, (CANARY,), 1j, object, iter("x")),
    *(dt.date(2026, 10, 1), decimal.Decimal("1.5"), {"name": CANARY, "content": ""}),
)
EACH = 5
"""How many of these an input is given; the next input, the next ones."""


def refusal(builder: Builder, given: dict[str, Any]) -> BadInput | None:
    try:
        target.url(ORIGIN, builder.build(builder.complete(given, FACTS)))
    except BadInput as refused:
        return refused
    return None


@pytest.mark.parametrize("operation", [one for one in CALLS if one.callable], ids=name)
def test_it_is_a_request_or_a_refusal(operation: Operation) -> None:
    rewrite = VENDORS[operation.vendor].resolve(operation.v3_body) if operation.v3_body else None
    builders = [Builder(operation), Builder(operation, V3, rewrite)]
    usual = sample(operation)
    at = CALLS.index(operation)
    for one in operation.input:
        for step in range(EACH):
            at += 1
            value = HOSTILE[at % len(HOSTILE)]
            refused = refusal(builders[step % 2], {**usual, one: value})
            if refused is not None:
                assert operation.id in refused.message
                assert len(refused.message) < 1000
                assert CANARY not in "".join(traceback.format_exception(refused))
                assert CANARY not in f"{refused.fix}{refused.as_json()}{refused!r}"


@pytest.mark.parametrize(
    ("operation", "size"),
    [(one, one.paging.size) for one in CALLS if one.callable and one.paging and one.paging.size],
    ids=lambda one: one if isinstance(one, str) else name(one),
)
def test_a_page_larger_than_the_most_is_refused_with_the_most(
    operation: Operation, size: str
) -> None:
    schema = operation.input[size].schema
    if "maximum" not in schema:
        return  # none is published

    refused = refusal(Builder(operation), {**sample(operation), size: schema["maximum"] + 1})

    assert refused is not None
    assert f"maximum {schema['maximum']}" in refused.message
