"""What HighLevel tells of a location itself."""

from dragoman.simulator.highlevel import events
from dragoman.simulator.highlevel.records import Location
from dragoman.simulator.world import World


def tell(world: World, kind: str, location: Location) -> None:
    """`stripeProductId` is listed as well; a location without a plan has none."""
    profile = world.highlevel.estate.of(location.id).profile
    fields = {"id": location.id, "name": profile.get("name"), "email": location.email}
    events.publish(world, kind, location.id, fields)
