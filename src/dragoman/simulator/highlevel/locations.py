"""The location itself, as its settings page shows it."""

from dragoman.simulator.exchange import Answer
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.routes import Route

NAME, TIME_ZONE = "Pretended location", "America/Los_Angeles"


def get(call: Call) -> Answer:
    """What is settled about matching contacts stands in its settings."""
    call.check_location(call.params["id"])
    location, settings = call.location, call.world.settings
    shown = {
        "id": location.id,
        "companyId": location.company_id,
        "name": NAME,
        "country": "US",
        "timezone": TIME_ZONE,
        "email": location.email,
        "phone": location.phone,
        "settings": {
            "allowDuplicateContact": settings.allow_duplicate_contacts,
            "contactUniqueIdentifiers": list(settings.contact_identifiers),
        },
    }
    return call.answer(200, {"location": shown})


ROUTES = (Route("GET", "/locations/{id}", get, "locations.readonly"),)
