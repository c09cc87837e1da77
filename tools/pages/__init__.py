"""The pages that are derived from the code: a path in the repository, and a text."""

from collections.abc import Callable

from tools.pages import catalogue, figures, filters, settings

Pages = Callable[[], dict[str, str]]
SOURCES: tuple[Pages, ...] = (settings.pages, filters.pages, catalogue.pages, figures.pages)


def every() -> dict[str, str]:
    """Every generated page."""
    return {path: text for source in SOURCES for path, text in source().items()}
