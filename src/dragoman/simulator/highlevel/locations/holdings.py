"""What each location holds besides its people. Some of it only people make, at the screen."""

from dataclasses import dataclass, field

from dragoman.kernel.clock import Clock, Millis
from dragoman.kernel.jsons import Json
from dragoman.simulator.mint import Mint

_PROFILE: dict[str, Json] = {
    "name": "Pretended location",
    "country": "US",
    "timezone": "America/Los_Angeles",
}
_FORMS, _SURVEYS = ("Contact us", "Newsletter"), ("How did we do?",)
_TEMPLATES: dict[str, dict[str, Json]] = {
    "sms": {"name": "Reminder", "template": {"body": "See you tomorrow.", "attachments": []}},
    "email": {
        "name": "Welcome",
        "template": {"subject": "Welcome", "html": "<p>Welcome!</p>", "attachments": []},
    },
}


@dataclass(slots=True)
class Thing:
    """One of many that are alike."""

    id: str
    fields: dict[str, Json]
    """As the API names them."""
    added: Millis
    updated: Millis


@dataclass(frozen=True, slots=True)
class Submission:
    """What somebody has sent by a form or a survey."""

    id: str
    """A UUID, unlike the ids of other things."""
    paper_id: str
    """The form or survey."""
    contact_id: str
    name: str
    email: str
    answers: dict[str, Json]
    """By the name of a field, or the id of a custom field."""
    added: Millis


@dataclass(slots=True)
class Holdings:
    """Those of one location."""

    profile: dict[str, Json] = field(default_factory=lambda: dict(_PROFILE))
    """The location's own fields as the API names them; address and phone are elsewhere."""
    custom_fields: dict[str, Thing] = field(default_factory=dict)
    custom_values: dict[str, Thing] = field(default_factory=dict)
    recurring_tasks: dict[str, Thing] = field(default_factory=dict)
    templates: dict[str, Thing] = field(default_factory=dict)
    forms: dict[str, Thing] = field(default_factory=dict)
    surveys: dict[str, Thing] = field(default_factory=dict)
    submissions: list[Submission] = field(default_factory=list)
    """Oldest first."""


class Estate:
    """Those of every location; forms, surveys and templates are there from the beginning."""

    def __init__(self, clock: Clock, mint: Mint) -> None:
        self._clock = clock
        self._mint = mint
        self._of: dict[str, Holdings] = {}

    def of(self, location_id: str) -> Holdings:
        if location_id not in self._of:
            self._of[location_id] = self._new()
        return self._of[location_id]

    def drop(self, location_id: str) -> None:
        self._of.pop(location_id, None)

    def add(self, things: dict[str, Thing], kind: str, fields: dict[str, Json]) -> Thing:
        """Make one more of a kind."""
        now = self._clock.now()
        one = Thing(self._mint.word(kind), fields, now, now)
        things[one.id] = one
        return one

    def _new(self) -> Holdings:
        new = Holdings()
        for name in _FORMS:
            self.add(new.forms, "form", {"name": name})
        for name in _SURVEYS:
            self.add(new.surveys, "survey", {"name": name})
        for kind, fields in _TEMPLATES.items():
            self.add(new.templates, "template", {"type": kind, **fields})
        return new
