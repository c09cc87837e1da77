"""The object, record or association that a call is about, or the refusal where there is none."""

from dragoman.simulator.highlevel import answers
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.objects.records import Association, Kind, Model, Record


def model(call: Call, location_id: str | None) -> Model:
    """The objects of the token's location, which the call must name.

    Raises:
        Refusal: 403 where it names another one, or none.
    """
    call.check_location(location_id)
    return own(call)


def own(call: Call) -> Model:
    """The same, of a call that names no location."""
    return call.state.models.of(call.account)


def kind(found: Model, key: str) -> Kind:
    """An object by its key or its id."""
    one = found.kind(key)
    if one is None:
        raise answers.not_found("Object", key)
    return one


def kept(found: Model, key: str) -> Kind:
    """The same, of an object whose fields and records are served here.

    Raises:
        Refusal: 400 for contacts and opportunities, whose are not.
    """
    one = kind(found, key)
    if not one.kept:
        raise answers.refusal(400, f"{key} is not supported, only custom objects and business are")
    return one


def record(one: Kind, record_id: str) -> Record:
    found = one.records.get(record_id)
    if found is None:
        raise answers.not_found("Record", record_id)
    return found


def association(found: Model, association_id: str) -> Association:
    one = found.associations.get(association_id)
    if one is None:
        raise answers.not_found("Association", association_id)
    return one
