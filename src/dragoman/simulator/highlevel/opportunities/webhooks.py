"""What HighLevel tells of an opportunity: that it changed, and once more what of it did."""

from collections.abc import Iterator
from contextlib import contextmanager

from dragoman.kernel import jsons
from dragoman.kernel.clock import iso
from dragoman.kernel.jsons import Json
from dragoman.simulator.highlevel import events
from dragoman.simulator.highlevel.opportunities.records import Opportunity
from dragoman.simulator.world import World

_FIELDS = "assignedTo monetaryValue name pipelineId pipelineStageId source status"
_CHANGES = {
    "OpportunityStageUpdate": ("pipelineId", "pipelineStageId"),
    "OpportunityStatusUpdate": ("status",),
    "OpportunityMonetaryValueUpdate": ("monetaryValue",),
    "OpportunityAssignedToUpdate": ("assignedTo",),
}


def tell(world: World, kind: str, one: Opportunity) -> None:
    fields: dict[str, Json] = {name: one.fields.get(name) for name in _FIELDS.split()}
    fields |= {"id": one.id, "contactId": one.contact_id, "dateAdded": iso(one.added)}
    events.publish(world, kind, one.location_id, fields)


@contextmanager
def changing(world: World, one: Opportunity) -> Iterator[None]:
    """Stamp what is changed of an opportunity meanwhile, and tell it, if anything did change."""
    fields, whole = dict(one.fields), _whole(one)
    yield
    if _whole(one) == whole:
        return
    now = world.clock.now()
    one.updated = now
    changed = {
        kind
        for kind, names in _CHANGES.items()
        if any(fields.get(name) != one.fields.get(name) for name in names)
    }
    if "OpportunityStageUpdate" in changed:
        one.stage_changed = now
    if "OpportunityStatusUpdate" in changed:
        one.status_changed = now
    tell(world, "OpportunityUpdate", one)
    for kind in _CHANGES:
        if kind in changed:
            tell(world, kind, one)


def _whole(one: Opportunity) -> bytes:
    return jsons.canonical((one.fields, one.custom_fields, one.followers))
