"""What every test leaves as it found it, and what some have to tell at the end."""

import logging
from collections.abc import Callable, Iterator

import pytest
import structlog

Tell = Callable[[str], None]


@pytest.fixture
def tell(record_property: Callable[[str, object], None]) -> Tell:
    """Say something at the end of the whole run, such as how much was compared."""
    return lambda words: record_property("told", words)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say it."""
    reports = terminalreporter.getreports("passed")
    told = [words for one in reports for name, words in one.user_properties if name == "told"]
    for words in dict.fromkeys(map(str, told)):
        terminalreporter.write_line(words)


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
