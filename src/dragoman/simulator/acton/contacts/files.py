"""Imports of contacts: what a definition says of a file, and how far a file is."""

from dataclasses import dataclass

from dragoman.kernel.clock import Millis
from dragoman.kernel.jsons import Json

EXTERNAL = "ExternalId"
"""What a mapping calls the outside id, which is no column."""
SEPARATORS = {"COMMA": ",", "SEMI_COLON": ";", "TAB": "\t"}
QUOTES = {"QUOTE": '"', "SIMPLE_QUOTE": "'"}


@dataclass(frozen=True, slots=True)
class Mapping:
    source: str
    """The heading in the file."""
    target: str
    """The name of the column, or EXTERNAL."""
    overwrite: bool
    pattern: str
    """How the file writes dates; empty for what is none."""

    def shown(self) -> dict[str, Json]:
        return {
            "csvColumn": self.source,
            "actonColumn": self.target,
            "overwriteExistingValue": self.overwrite,
            "dataFormat": self.pattern or None,
        }


@dataclass(frozen=True, slots=True)
class Definition:
    id: int
    account: str
    name: str
    strategy: str
    kind: str
    """The kind of outside thing that rows are, where they are known by an outside id."""
    mappings: tuple[Mapping, ...]
    segments: tuple[str, ...]
    delimiter: str
    quote: str

    def shown(self) -> dict[str, Json]:
        return {
            "accountId": self.account,
            "importDefinitionId": self.id,
            "importDefinitionName": self.name,
            "mergeStrategy": self.strategy,
            "objectType": self.kind or None,
            "mappings": [one.shown() for one in self.mappings],
            "importSegmentIds": list(self.segments) or None,
            "delimiter": self.delimiter,
            "quote": self.quote,
        }


@dataclass(slots=True)
class Import:
    id: str
    definition: Definition
    rows: list[dict[str, str]]
    request: str
    """The call that brought the file."""
    ready: Millis
    over: bool = False
    created: int = 0
    updated: int = 0
    failed: int = 0
    rejected: int = 0

    def shown(self) -> dict[str, Json]:
        return {
            "accountId": self.definition.account,
            "importId": self.id,
            "importDefinitionId": self.definition.id,
            "importStatus": "COMPLETED" if self.over else "RUNNING",
            "errorMessage": None,
            "submittedCount": len(self.rows) if self.over else 0,
            "unsubmittedCount": 0,
            "createdCount": self.created,
            "updatedCount": self.updated,
            "failedCount": self.failed,
            "rejectedCount": self.rejected,
        }
