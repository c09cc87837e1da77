"""What HighLevel tells of objects, records, associations and relations, as its pages list it.

Its samples of these carry no `type`; the envelope here always does, as the schemas say.
"""

from dragoman.kernel import jsons
from dragoman.kernel.clock import iso
from dragoman.kernel.jsons import Json
from dragoman.simulator.highlevel import events
from dragoman.simulator.highlevel.objects.records import Association, Kind, Record, Relation
from dragoman.simulator.world import World


def of_record(world: World, kind: str, location_id: str, record: Record) -> None:
    """Of a record or a business; every value comes as text, and the object is not named."""
    fields: dict[str, Json] = {
        "id": record.id,
        "owners": record.owner,
        "followers": record.followers,
        "properties": [
            {"key": name, "valueString": value if isinstance(value, str) else jsons.text(value)}
            for name, value in record.properties.items()
        ],
    }
    events.publish(world, kind, location_id, fields)


def of_schema(world: World, kind: str, location_id: str, one: Kind) -> None:
    fields: dict[str, Json] = {
        "id": one.id,
        "key": one.key,
        "labels": one.labels,
        "description": one.description,
        "searchableProperties": one.searchable,
        "primaryDisplayProperty": one.primary,
        "objectType": "SYSTEM_DEFINED" if one.standard else "USER_DEFINED",
        "createdAt": iso(one.added),
        "updatedAt": iso(one.updated),
    }
    events.publish(world, kind, location_id, fields)


def of_association(world: World, kind: str, location_id: str, one: Association) -> None:
    events.publish(world, kind, location_id, association(one))


def of_relation(world: World, kind: str, location_id: str, one: Relation) -> None:
    events.publish(world, kind, location_id, relation(one))


def association(one: Association) -> dict[str, Json]:
    """Webhooks and answers say the same of one."""
    return {
        "id": one.id,
        "key": one.key,
        "firstObjectLabel": one.labels[0],
        "firstObjectKey": one.first,
        "secondObjectLabel": one.labels[1],
        "secondObjectKey": one.second,
        "associationType": "SYSTEM_DEFINED" if one.system else "USER_DEFINED",
    }


def relation(one: Relation) -> dict[str, Json]:
    return {
        "id": one.id,
        "firstObjectKey": one.association.first,
        "firstRecordId": one.first,
        "secondObjectKey": one.association.second,
        "secondRecordId": one.second,
        "associationId": one.association.id,
    }
