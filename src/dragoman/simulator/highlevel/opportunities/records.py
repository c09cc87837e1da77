"""What there is of opportunities: pipelines with their stages, and who is where in them."""

from dataclasses import dataclass, field

from dragoman.kernel.clock import Clock, Millis
from dragoman.kernel.jsons import Json
from dragoman.simulator.mint import Mint

STATUSES = ("open", "won", "lost", "abandoned")

_PIPELINES = {
    "Sales": ("New lead", "Contacted", "Proposal sent", "Closed"),
    "Renewals": ("Due soon", "Offered", "Renewed"),
}
_LOST_REASONS = ("Too expensive", "Went with somebody else")


@dataclass(frozen=True, slots=True)
class Stage:
    id: str
    """A UUID, unlike the ids of other things."""
    name: str


@dataclass(frozen=True, slots=True)
class Pipeline:
    id: str
    name: str
    stages: tuple[Stage, ...]

    def stage(self, stage_id: str) -> Stage | None:
        return next((one for one in self.stages if one.id == stage_id), None)


@dataclass(frozen=True, slots=True)
class LostReason:
    id: str
    name: str
    added: Millis


@dataclass(slots=True)
class Opportunity:
    id: str
    location_id: str
    contact_id: str
    fields: dict[str, Json]
    """As the API names them: name, status, pipelineId, pipelineStageId, monetaryValue ..."""
    added: Millis
    updated: Millis
    searchable: Millis
    """When search begins to see it."""
    status_changed: Millis
    stage_changed: Millis
    followers: list[str] = field(default_factory=list)
    custom_fields: dict[str, Json] = field(default_factory=dict)

    def subject(self) -> dict[str, str]:
        """How the ledger names it."""
        return {"opportunity_id": self.id, "contact_id": self.contact_id}


class Opportunities:
    """Those of every location; each has some pipelines and reasons, for no call makes any."""

    def __init__(self, clock: Clock, mint: Mint) -> None:
        self._clock = clock
        self._mint = mint
        self.known: dict[str, Opportunity] = {}
        self._pipelines: dict[str, tuple[Pipeline, ...]] = {}
        self._reasons: dict[str, tuple[LostReason, ...]] = {}

    def pipelines(self, location_id: str) -> tuple[Pipeline, ...]:
        if location_id not in self._pipelines:
            self._pipelines[location_id] = tuple(
                Pipeline(
                    self._mint.word("pipeline"),
                    name,
                    tuple(Stage(self._mint.uuid("stage"), stage) for stage in stages),
                )
                for name, stages in _PIPELINES.items()
            )
        return self._pipelines[location_id]

    def pipeline(self, location_id: str, pipeline_id: str) -> Pipeline | None:
        return next((one for one in self.pipelines(location_id) if one.id == pipeline_id), None)

    def lost_reasons(self, location_id: str) -> tuple[LostReason, ...]:
        if location_id not in self._reasons:
            self._reasons[location_id] = tuple(
                LostReason(self._mint.word("lost reason"), name, self._clock.now())
                for name in _LOST_REASONS
            )
        return self._reasons[location_id]

    def of_contact(self, contact_id: str, pipeline_id: str) -> Opportunity | None:
        """The one a contact has in a pipeline: there is one at most, as locations are set up."""
        return next(
            (
                one
                for one in self.known.values()
                if (one.contact_id, one.fields["pipelineId"]) == (contact_id, pipeline_id)
            ),
            None,
        )
