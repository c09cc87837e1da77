"""What an agency's token reaches: every location of the agency, and the agency itself."""

from dragoman.simulator.highlevel import answers
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.records import Location


def is_agency(call: Call) -> bool:
    return call.grant is not None and call.grant.user_type == "Company"


def reached(call: Call, location_id: str) -> Location:
    """The location of that id, by the agency's token or by the location's own.

    Raises:
        Refusal: 403 for another location of a location's token, 400 for one that is not there.
    """
    if not is_agency(call):
        call.check_location(location_id)
    location = call.state.locations.get(location_id)
    if location is None:
        raise answers.not_found("Location", location_id)
    return location


def check(call: Call, company_id: str | None) -> None:
    """Look whose agency a call names.

    Raises:
        Refusal: 403 for another agency than the token's, or none.
    """
    if company_id != call.state.company_id:
        raise answers.refusal(403, answers.FORBIDDEN)
