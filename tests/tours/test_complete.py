"""No operation of first class is left out of every tour."""

import re
from pathlib import Path

import pytest

from dragoman.catalog.entries import Operation
from tests.catalog.shipped import CATALOGUE, OPERATIONS, name
from tests.engine.rig import RECIPES

HERE = Path(__file__).parent
TOLD = HERE.parent / "engine"
FIRST_CLASS = [one for one in OPERATIONS if one.first_class]
FILES = [*HERE.glob("test_*.py"), *TOLD.glob("test_*.py"), *RECIPES.glob("*.yaml")]
TEXT = "\n".join(path.read_text() for path in FILES)
CALLED = set(re.findall(r'call(?:: |\(\s*"|nt\(\s*")([a-z_.0-9]+)', TEXT))
CALLED |= {
    part for one in CALLED & set(CATALOGUE.operations) for part in CATALOGUE.operation(one).parts
}
"""What the tours and stories call, and the parts of what is called."""


@pytest.mark.parametrize("operation", FIRST_CLASS, ids=name)
def test_every_operation_of_first_class_is_called_once_at_least(operation: Operation) -> None:
    assert operation.id in CALLED
