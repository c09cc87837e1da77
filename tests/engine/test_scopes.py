"""What a token may do: nothing but what its scopes say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.catalog.entries import Effect, Operation
from dragoman.engine import scopes
from dragoman.engine.scopes import OWN, Scope, chosen, covered, needed
from dragoman.kernel.errors import DefinitionError
from tests.catalog.shipped import CATALOGUE, OPERATIONS

KNOWN = CATALOGUE.operations
POSSIBLE = sorted({str(one) for one in scopes.possible(OPERATIONS)})
ACTS = {
    Effect.READ: "read",
    Effect.REPLACE: "write",
    Effect.CREATE: "write",
    Effect.DELETE: "delete",
}


def allows(said: str, operation: Operation) -> bool:
    """The grammar once more, by its words alone."""
    what, _, act = said.partition(":")
    if act != ACTS[operation.effect]:
        return False
    return what in ("*", f"{operation.vendor}.*", f"{operation.vendor}.{operation.group}")


@given(st.lists(st.sampled_from(POSSIBLE), max_size=6), st.sampled_from(OPERATIONS))
def test_an_operation_may_be_called_if_a_scope_covers_it_and_only_then(
    said: list[str], operation: Operation
) -> None:
    allowed = chosen(said, KNOWN) if said else ()

    assert covered(allowed, needed(operation)) == any(allows(one, operation) for one in said)


@given(st.lists(st.sampled_from(POSSIBLE), max_size=6), st.sampled_from(OWN))
def test_what_is_the_service_s_own_is_named_or_refused(said: list[str], need: Scope) -> None:
    allowed = chosen(said, KNOWN) if said else ()

    assert covered(allowed, need) == (str(need) in said)


@pytest.mark.parametrize("operation", OPERATIONS[::50], ids=lambda one: one.id)
def test_without_a_scope_nothing_may_be_called(operation: Operation) -> None:
    assert not covered((), needed(operation))


@given(st.lists(st.sampled_from(POSSIBLE), min_size=1, max_size=6))
def test_scopes_are_read_back_as_they_were_written(said: list[str]) -> None:
    allowed = chosen(said, KNOWN)

    assert scopes.read(scopes.text(allowed)) == allowed
    assert len(set(allowed)) == len(allowed)


@pytest.mark.parametrize(
    "said",
    [
        "", "*", "read", "*:", ":read", "*:*", "**:read", "highlevel:read", "highlevel.:read",
        "highlevel.*:create", "highlevel.contacts", "highlevel.contact:read",
        "highlevel.contacts:READ", "highlevel.contacts.get:read", "*.contacts:read",
        "flows", "flows:delete", "runs:write", "flows.*:read", "tokens:write",
        "highlevel.contacts:read acton.*:read", " *:read", "commands:",
    ],
)  # fmt: skip
def test_what_covers_nothing_is_refused_with_a_way_out(said: str) -> None:
    with pytest.raises(DefinitionError) as refused:
        chosen([said], KNOWN)

    assert "highlevel.contacts:read" in refused.value.fix


def test_a_slip_is_named() -> None:
    with pytest.raises(DefinitionError, match=r"did you mean '?highlevel.contacts:read"):
        chosen(["highlevel.contact:read"], KNOWN)
