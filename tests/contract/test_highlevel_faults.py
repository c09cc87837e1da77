"""What is wrong with an entry is found: each fault here is put into one that is right."""

from typing import Any

import pytest
from msgspec.structs import replace

from dragoman.catalog.building import Builder
from dragoman.catalog.entries import Operation, Place
from tests.catalog.shipped import CATALOGUE
from tests.contract import comparing
from tests.contract.test_highlevel import published

TASKS = CATALOGUE.operation("highlevel.tasks.create")
USERS = CATALOGUE.operation("highlevel.users.list")


def changed(operation: Operation, name: str, **changes: Any) -> Operation:
    """The operation with another input."""
    one = replace(operation.input[name], **changes)
    return replace(operation, example="", input={**operation.input, name: one})


def moved(operation: Operation, name: str, place: Place) -> Operation:
    return changed(operation, name, place=place)


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        (replace(TASKS, version="2020-01-01"), "Version enum"),
        (replace(TASKS, version=""), ". required Version"),
        (replace(TASKS, path="/contacts/{contactId}/tasks/"), "path"),
        (replace(TASKS, scopes=()), "scope contacts.write left out"),
        (replace(TASKS, scopes=(*TASKS.scopes, "x.write")), "scope x.write undeclared"),
        (replace(TASKS, success=(299,)), "status 299"),
        (changed(TASKS, "title", wire="name"), "name undeclared"),
        (changed(TASKS, "title", wire="name"), ". required title"),
        (changed(TASKS, "completed", schema={"type": "string"}), "completed type"),
        (moved(TASKS, "body", "query"), "body undeclared"),
        (moved(TASKS, "assignedTo", "header"), "assignedTo undeclared"),
        (moved(TASKS, "title", "form"), "content type application/x-www-form-urlencoded"),
        (changed(USERS, "companyId", wire="company"), ". required companyId"),
        (changed(USERS, "companyId", wire="company"), "company undeclared"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_a_wrong_entry_is_found(wrong: Operation, fault: str) -> None:
    right = CATALOGUE.operation(wrong.id)
    assert comparing.asked(right, published(right), Builder(right)) == set()

    wrong = replace(wrong, example="")
    assert fault in comparing.asked(wrong, published(right), Builder(wrong))
