"""The agency itself."""

from dragoman.kernel.jsons import Json
from dragoman.simulator.exchange import Answer
from dragoman.simulator.highlevel import agency
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.routes import AGENCY, Route

_FACTS: dict[str, Json] = {
    "name": "Pretended agency",
    "email": "agency@example.com",
    "phone": "+14155550199",
    "website": "https://example.com",
    "address": "1 Example Street",
    "city": "San Francisco",
    "state": "CA",
    "postalCode": "94105",
    "country": "US",
    "timezone": "US/Pacific",
    "plan": 1,
    "customerType": "agency",
    "status": "active",
    "isSandboxAccount": True,
}


def get(call: Call) -> Answer:
    agency.check(call, call.params["company"])
    shown = {"id": call.state.company_id, **_FACTS, "locationCount": len(call.state.locations)}
    return call.answer(200, {"company": shown})


ROUTES = (Route("GET", "/companies/{company}", get, "companies.readonly", callers=AGENCY),)
