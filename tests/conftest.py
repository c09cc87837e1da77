"""What every test leaves as it found it."""

import logging
from collections.abc import Iterator

import pytest
import structlog


@pytest.fixture(autouse=True)
def unchanged_logging() -> Iterator[None]:
    """Commands, and what tests borrow from them, set up logging for their process; here it is
    pytest's.
    """
    handlers, level = logging.root.handlers[:], logging.root.level
    yield
    structlog.reset_defaults()
    logging.root.handlers[:] = handlers
    logging.root.setLevel(level)
