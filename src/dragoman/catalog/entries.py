"""What an entry of the catalogue is: an operation that can be asked, a trigger that can happen."""

from enum import StrEnum
from typing import Any, Literal

import msgspec

from dragoman.catalog.shapes import ANY, Shape


class Effect(StrEnum):
    """What a second, equal call would do; it decides whether a call may be repeated."""

    READ = "read"
    """Nothing: repeat at will."""
    REPLACE = "replace"
    """The same state again: repeat at will."""
    CREATE = "create"
    """A second thing: repeat only after a look-up says that the first is not there."""
    DELETE = "delete"
    """Nothing more: repeat at will, and "not there" counts as done."""


OWN = "dragoman"
"""The vendor of operations of our own, which need no network and no account."""
Place = Literal["path", "query", "header", "body", "form", "file", "part", "root"]
"""Where an input travels. A `part` is part of the name under which a file does."""
Form = Literal["json", "text", "html", "bytes"]
"""What an answer is; a page is `html` where a page is due, and a fault everywhere else."""
Token = Literal["location-oauth", "location-pit", "agency-oauth", "agency-pit", "account", "none"]
"""Who may ask: a location or its agency, by OAuth or by a private token; an Act-On account."""
Stage = Literal["current", "beta", "legacy", "deprecated", "undocumented"]
"""How the vendor speaks of it."""


class Parameter(msgspec.Struct, frozen=True):
    name: str
    wire: str
    """The name on the wire."""
    place: Place
    schema: dict[str, Any]
    """JSON Schema of the value."""
    required: bool = False
    default: Any = None
    """A value, or `{{ connection.NAME }}`."""
    does: str = ""
    types: tuple[str, ...] = ()
    """Of a file: what its name may end in, in small letters and without the dot; empty is any."""
    most: int = 0
    """Of a file: the bytes it may have; 0 is any number."""


CONSENT = "consent"
"""The reason of a refusal that says: this person must not be sent to."""
GONE = "gone"
"""The reason of a refusal that says: there is no such thing."""


class Consent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How to find out whether the person may be sent to."""

    ask: str
    """The operation that shows the person, in the same vendor."""
    input: dict[str, str]
    """Its input, by the names of ours."""
    read: str
    """The vendor's function that reads the answer."""
    channel: str
    """The input of ours that names the channel."""


class Lookup(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How to find out whether a create happened whose answer was lost."""

    by: str
    """The vendor's function, as `module.function`."""
    identity: str
    """The field of the output that names the created thing, dotted; empty where nothing does."""
    exclusive: bool = True
    """Whether a found thing that another step has made is not ours. False where there can be one
    thing only, so that it does not matter who made it."""
    settle: float = 15.0
    """Seconds the vendor may take to show what it has done."""


class Ready(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When what a read asks for is there: the vendor may make it later than what it belongs to."""

    field: str
    """The field of the output that says so."""
    within: float = 3600.0
    """Seconds it is asked again for; after that the answer stands as it is."""


class Paging(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"source": "from"}):
    """How the next page is asked for."""

    style: Literal["sort-cursor", "search-after", "last-id", "cursor", "page", "offset", "rows"]
    items: str
    """Field of the output that holds the items, dotted; empty where the output is the list."""
    next: str
    """The input that says where the next page begins."""
    source: str = ""
    """Where its value comes from: a field of the last item (`sort-cursor`, `search-after`,
    `last-id`), or of the output (`cursor`)."""
    size: str = ""
    """The input that says how many items a page holds."""
    more: str = ""
    """Field of the output that is true while there are more."""
    total: str = ""
    """Field of the output that counts all items."""
    first: int = 0
    """The first page's number, or the first item's offset."""
    headers: str = ""
    """Of `rows`: the field of the output that names the columns."""


class Operation(msgspec.Struct, frozen=True):
    id: str
    vendor: str
    group: str
    title: str
    does: str
    effect: Effect
    method: str = ""
    path: str = ""
    version: str = ""
    scopes: tuple[str, ...] = ()
    tokens: tuple[Token, ...] = ()
    """Who may ask; empty where the entry does not say."""
    v3: str = ""
    """Its path in HighLevel's version v3; empty where v3 has no such call."""
    v3_names: dict[str, str] = {}
    """What v3 calls an input on the wire, where it is something else."""
    v3_body: str = ""
    """The vendor's function that writes the body as v3 has it."""
    stage: Stage = "current"
    first_class: bool = False
    """Whether it has an example, a known output, and a simulator that keeps what it changes."""
    success: tuple[int, ...] = (200,)
    """The declared statuses of success; any 2xx is taken for one."""
    input: dict[str, Parameter] = {}
    output: Shape = ANY
    paging: Paging | None = None
    lookup: Lookup | None = None
    no_lookup: str = ""
    """Of a create: why nobody can find out whether one happened whose answer was lost."""
    consent: Consent | None = None
    no_consent: str = ""
    """Of what sends or looks like it: why nobody is asked whether the person wants it."""
    tidy: str = ""
    """The vendor's function that gives the answer its one form, where the vendor has several."""
    answer: Form = "json"
    """What comes back. Of bytes the output holds the facts, not the bytes."""
    missing: tuple[int, ...] = ()
    """Refusals that say no more than that there is nothing, by the vendor's own number or, where it
    gives none, by their status; the output is that of nothing. On top of what a delete takes for
    done anyway."""
    ready: Ready | None = None
    run: str = ""
    """Of a composite: the vendor's function that plans its parts."""
    parts: tuple[str, ...] = ()
    callable: bool = True
    reason: str = ""
    """Why it cannot be called."""
    example: str = ""
    """A file in the vendor's `examples/`."""
    source: str = "documented"
    file: str = ""
    elsewhere: dict[str, tuple[str, ...]] = {}
    """Of inputs in the path: words with which the path would be that of another call."""

    @property
    def composite(self) -> bool:
        return bool(self.run)

    @property
    def native(self) -> bool:
        """Whether it is one of our own."""
        return self.vendor == OWN


class Field(msgspec.Struct, frozen=True):
    """One field of an event's `data`, and the columns it may come from."""

    shape: Shape
    columns: tuple[str, ...] = ()
    does: str = ""


class Poll(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a trigger is found by asking."""

    plan: str
    """The vendor's function, as `module.function`."""
    parts: tuple[str, ...]
    every: float = 60.0
    """Seconds between two polls."""
    overlap: float = 600.0
    """Seconds asked again each time, for what shows late and for clocks that differ."""
    page: int = 1000


class Webhook(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a trigger is found in what the vendor sends by itself."""

    types: tuple[str, ...]
    """The vendor's words for it."""
    row: str = ""
    """The vendor's function, as `module.function`: from the body to the columns of `data`. Without
    one the vendor tells of it, and it cannot be received here yet."""
    where: dict[str, tuple[str, ...]] = {}
    """Columns that must hold one of these words; case is ignored."""
    unless: dict[str, tuple[str, ...]] = {}
    """Columns that must hold none of these words."""


class Trigger(msgspec.Struct, frozen=True):
    id: str
    vendor: str
    title: str
    does: str
    settings: dict[str, Parameter]
    """What a flow says under `with:`."""
    match: dict[str, str]
    """From a setting to the field of `data` that must equal it for a flow to take the event."""
    key: tuple[str, ...]
    """Fields of `data` that make an event the same event, however it was found."""
    subject: str
    """Field of `data` that names the person, or whatever else it is `about`."""
    time: str
    """Field of `data` that says when, in epoch milliseconds."""
    data: dict[str, Field]
    about: str = "contact"
    """What kind of thing the subject is."""
    otherwise: str = ""
    """Field of `data` that stands in where no subject is named, as of a task of nobody's."""
    poll: Poll | None = None
    webhook: Webhook | None = None
    callable: bool = True
    """Whether flows can begin with it."""
    reason: str = ""
    """Why they cannot, and what to do instead."""
    source: str = "documented"
    example: str = ""
    file: str = ""

    @property
    def shape(self) -> Shape:
        """The shape of the event's `data`."""
        return Shape("object", {name: field.shape for name, field in self.data.items()})
