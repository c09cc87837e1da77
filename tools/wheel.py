"""Part of building a wheel: the index of the catalogue goes into it, see `catalog/index.py`."""

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOURCE = str(Path(__file__).parents[1] / "src")


class IndexHook(BuildHookInterface[Any]):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the index; an editable install needs none, for its files change."""
        if version != "standard":
            return
        sys.path.insert(0, SOURCE)
        from dragoman import library  # noqa: PLC0415  # it can be imported from here on only

        path = Path(tempfile.mkdtemp(prefix="dragoman-")) / "catalogue.json"
        library.ship(path)
        build_data["force_include"][str(path)] = "dragoman/catalogue.json"
