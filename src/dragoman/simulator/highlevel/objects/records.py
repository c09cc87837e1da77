"""What there is of objects in a location: the vendor's own three, and those that people define."""

from dataclasses import dataclass, field

from dragoman.kernel.clock import Clock, Millis
from dragoman.kernel.jsons import Json
from dragoman.simulator.mint import Mint

CUSTOM = "custom_objects."
"""What the key of every custom object begins with."""
BUSINESS = "business"
HEX = 24
"""Length of the ids here: hexadecimal, unlike those of contacts."""
_STANDARD = {
    "contact": ("Contact", "Contacts"),
    "opportunity": ("Opportunity", "Opportunities"),
    BUSINESS: ("Business", "Businesses"),
}
_BUSINESS_FIELDS = (
    *("name", "phone", "email", "website", "address", "city", "state", "postalCode"),
    *("country", "description"),
)


@dataclass(slots=True)
class Folder:
    id: str
    name: str
    added: Millis
    updated: Millis


@dataclass(slots=True)
class Field:
    id: str
    key: str
    """With the object's key before it: `custom_objects.pet.name`."""
    facts: dict[str, Json]
    """As the API names them: name, dataType, options, parentId ..."""
    added: Millis
    updated: Millis

    @property
    def name(self) -> str:
        """What records call it: the last part of its key."""
        return self.key.rpartition(".")[2]


@dataclass(slots=True)
class Record:
    id: str
    properties: dict[str, Json]
    added: Millis
    updated: Millis
    searchable: Millis
    """When search begins to see it."""
    created_by: str
    updated_by: str
    owner: list[str] = field(default_factory=list)
    followers: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Kind:
    """One kind of record."""

    id: str
    key: str
    labels: dict[str, str]
    primary: str
    """The key of the field by which records are shown."""
    added: Millis
    updated: Millis
    description: str | None = None
    searchable: list[str] = field(default_factory=list)
    """Keys of the fields that a search looks into."""
    fields: dict[str, Field] = field(default_factory=dict)
    folders: dict[str, Folder] = field(default_factory=dict)
    records: dict[str, Record] = field(default_factory=dict)

    @property
    def standard(self) -> bool:
        return not self.key.startswith(CUSTOM)

    @property
    def kept(self) -> bool:
        """Whether its fields and records are served here: those of contacts are elsewhere."""
        return not self.standard or self.key == BUSINESS

    def add_field(
        self, mint: Mint, now: Millis, key: str, facts: dict[str, Json], folder: str = ""
    ) -> Field:
        """Add a field; without a folder, to the first one."""
        parent = folder or next(iter(self.folders))
        new = Field(mint.hexadecimal("field", HEX), key, {**facts, "parentId": parent}, now, now)
        self.fields[new.id] = new
        return new

    def add_folder(self, mint: Mint, now: Millis, name: str) -> Folder:
        new = Folder(mint.hexadecimal("folder", HEX), name, now, now)
        self.folders[new.id] = new
        return new


@dataclass(slots=True)
class Association:
    id: str
    key: str
    first: str
    """The key of the first object."""
    second: str
    labels: tuple[str, str]
    system: bool = False
    """Whether it is the vendor's own."""


@dataclass(slots=True)
class Relation:
    id: str
    association: Association
    first: str
    """The id of the first record, or contact."""
    second: str


@dataclass(slots=True)
class Model:
    """The objects of one location."""

    kinds: dict[str, Kind] = field(default_factory=dict)
    """By key."""
    associations: dict[str, Association] = field(default_factory=dict)
    relations: dict[str, Relation] = field(default_factory=dict)

    def kind(self, key_or_id: str) -> Kind | None:
        by_id = (one for one in self.kinds.values() if one.id == key_or_id)
        return self.kinds.get(key_or_id) or next(by_id, None)

    def untie(self, record_id: str) -> list[Relation]:
        """Take away the relations of a record that is gone."""
        gone = [one for one in self.relations.values() if record_id in (one.first, one.second)]
        for one in gone:
            del self.relations[one.id]
        return gone


class Models:
    """Those of every location, with the vendor's own objects in them from the beginning."""

    def __init__(self, clock: Clock, mint: Mint) -> None:
        self._clock = clock
        self._mint = mint
        self._of: dict[str, Model] = {}

    def of(self, location_id: str) -> Model:
        if location_id not in self._of:
            self._of[location_id] = self._new()
        return self._of[location_id]

    def drop(self, location_id: str) -> None:
        self._of.pop(location_id, None)

    def _new(self) -> Model:
        model, now = Model(), self._clock.now()
        for key, (one, many) in _STANDARD.items():
            labels = {"singular": one, "plural": many}
            kind = Kind(self._mint.hexadecimal("object", HEX), key, labels, f"{key}.name", now, now)
            kind.searchable = [kind.primary]
            kind.add_folder(self._mint, now, f"{one} info")
            for name in _BUSINESS_FIELDS if key == BUSINESS else ("name",):
                facts = {"name": name.capitalize(), "dataType": "TEXT", "showInForms": False}
                kind.add_field(self._mint, now, f"{key}.{name}", facts)
            model.kinds[key] = kind
        own = Association(
            self._mint.hexadecimal("association", HEX),
            "OPPORTUNITIES_CONTACTS_ASSOCIATION",
            "opportunity",
            "contact",
            ("Opportunity", "Contact"),
            system=True,
        )
        model.associations[own.id] = own
        return model
