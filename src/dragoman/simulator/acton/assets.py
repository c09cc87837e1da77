"""What people have made in an account besides its e-mails: programs, forms, media."""

from collections import Counter
from dataclasses import dataclass, field

from dragoman.kernel.clock import Millis
from dragoman.kernel.jsons import Json


@dataclass(slots=True)
class Program:
    id: str
    name: str
    kind: str = "TRACK"
    """An automated program (TRACK), a webinar to come (EVENT), or care of a list (LIST_MAINT)."""
    sources: list[str] = field(default_factory=list)
    """The lists that feed it."""
    state: str = "draft"
    entered: int = 0
    """How many people are in it."""
    made: Millis = 0


@dataclass(frozen=True, slots=True)
class Campaign:
    id: str
    name: str


@dataclass(slots=True)
class SiteForm:
    id: str
    title: str
    views: Counter[str] = field(default_factory=Counter)
    """By where the visitors came from."""
    submits: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class View:
    at: Millis
    email: str = ""
    """Empty where nobody knows who it was."""
    message: str = ""
    """The message whose link was followed."""


@dataclass(slots=True)
class Medium:
    id: str
    name: str
    url: str
    at: Millis
    folder: str = "Default Folder"
    size: int = 0
    target: str = ""
    """Of a link: where it leads."""
    views: list[View] = field(default_factory=list)

    def row(self) -> dict[str, Json]:
        """As the list shows it: a link has a target, a document a size, as text."""
        kind = {"target_url": self.target} if self.target else {"size": str(self.size)}
        times = {"creation_time": self.at, "last_modified": str(self.at)}
        return {"id": self.id, "name": self.name, "url": self.url, **kind, **times}


class Assets:
    """One account's; what is there from the start, people could have made."""

    def __init__(self) -> None:
        self.programs: dict[str, Program] = {}
        self.campaigns = {"1": Campaign("1", "Spring"), "2": Campaign("2", "Autumn")}
        self.forms = {"0005": SiteForm("0005", "Contact us")}
        self.media: dict[str, Medium] = {}

    def add_program(self, name: str, kind: str = "TRACK", sources: tuple[str, ...] = ()) -> Program:
        made = Program(f"tr-{len(self.programs) + 1:04x}", name, kind, list(sources))
        self.programs[made.id] = made
        return made
