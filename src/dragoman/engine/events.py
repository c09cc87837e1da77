"""Something that happened, in one form for both vendors (CloudEvents attributes)."""

import hashlib
from typing import Any, Literal

import msgspec

from dragoman.catalog.entries import Trigger
from dragoman.kernel import jsons
from dragoman.kernel.clock import Millis, iso
from dragoman.store.port import Row, Statement

Via = Literal["webhook", "poll", "api", "import", "recovered"]
State = Literal["new", "routed", "skipped", "quarantined"]


class Event(msgspec.Struct, frozen=True):
    id: str
    type: str
    source: str
    subject: str
    time: Millis
    connection: str
    environment: str
    via: Via
    data: dict[str, Any]
    received_at: Millis
    state: State = "new"
    reason: str = ""
    seq: int = 0
    """The order of arrival; 0 until it is stored."""

    def view(self, workspace: str) -> dict[str, Any]:
        """The event as flows and people see it."""
        return {
            "specversion": "1.0",
            "id": self.id,
            "type": self.type,
            "source": self.source,
            "subject": self.subject,
            "time": iso(self.time),
            "workspace": workspace,
            "connection": self.connection,
            "environment": self.environment,
            "via": self.via,
            "data": self.data,
        }

    def add(self) -> Statement:
        """The statement that stores it, once."""
        values = msgspec.structs.asdict(self)
        del values["seq"]
        values["data"] = jsons.text(self.data)
        return Statement("events.add", values)


def read(row: Row) -> Event:
    """An event from its row."""
    (seq, id_, type_, source, subject, time, connection, environment, via, data, state, *rest) = row
    reason, received_at = rest
    return Event(
        id=id_,
        type=type_,
        source=source,
        subject=subject,
        time=time,
        connection=connection,
        environment=environment,
        via=via,
        data=jsons.decode(data.encode()),
        received_at=received_at,
        state=state,
        reason=reason,
        seq=seq,
    )


def subject(trigger: Trigger, data: dict[str, Any]) -> str:
    """Whom it is about: `contact/ID`; where nobody is named, the thing itself, as `task/ID`."""
    found = data[trigger.subject]
    if trigger.otherwise and not isinstance(found, str):
        return f"{trigger.id.split('.')[1]}/{data[trigger.otherwise]}"
    return f"{trigger.about}/{found}"


def event_id(trigger: Trigger, connection: str, data: dict[str, Any]) -> str:
    """The same id for the same happening, whichever way it was found.

    A hash, because a key may hold an address.
    """
    return content_id(trigger, connection, [data.get(name) for name in trigger.key])


def content_id(trigger: Trigger, connection: str, content: Any) -> str:
    facts = [trigger.id, connection, content]
    return hashlib.sha256(jsons.canonical(facts)).hexdigest()[:32]
