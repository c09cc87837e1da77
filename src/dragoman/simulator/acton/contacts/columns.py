"""The columns of Act-On Contacts; those of every contact are fields with names of their own."""

from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.kernel.jsons import Json

TYPES = ("BOOLEAN", "DATE", "DATETIME", "TEXT", "NUMBER", "SCORE", "EMAIL", "MULTI-TEXT")
SCORE = "actonPrimaryScore"
FIELDS = {
    "EMAIL": "email",
    "FIRST_NAME": "firstName",
    "MIDDLE_NAME": "middleName",
    "LAST_NAME": "lastName",
    "COMPANY": "company",
    "TITLE": "title",
    "DEPARTMENT": "department",
    "BUSINESS_STREET": "businessStreet",
    "BUSINESS_CITY": "businessCity",
    "BUSINESS_STATE": "businessState",
    "BUSINESS_ZIP": "businessZip",
    "BUSINESS_COUNTRY": "businessCountry",
    "BUSINESS_PHONE": "businessPhone",
    "BUSINESS_FAX": "businessFax",
    "BUSINESS_WEBSITE": "businessWebsite",
    "PERSONAL_STREET": "personalStreet",
    "PERSONAL_CITY": "personalCity",
    "PERSONAL_STATE": "personalState",
    "PERSONAL_ZIP": "personalZip",
    "PERSONAL_COUNTRY": "personalCountry",
    "PERSONAL_WEBSITE": "personalWebsite",
    "HOME_PHONE": "homePhone",
    "MOBILE_PHONE": "mobilePhone",
    "PICTURE": "picture",
    "TIMEZONE": "timezone",
    "DATE_OF_BIRTH": "dateOfBirth",
    "ACTON_PRIMARY_SCORE": SCORE,
}
"""The field of a contact that a standard column shows."""
IDENTITY = ("externalId", "objectType", "legacyRecordId")
"""Fields of a contact that are no columns."""


@dataclass(slots=True)
class Column:
    id: int
    index: int
    name: str
    type: str
    standard: str | None = None
    required: bool = False
    readonly: bool = False
    hidden: bool = False

    @property
    def field(self) -> str:
        """The field of a contact that holds its values; nothing where they are custom values."""
        return FIELDS.get(self.standard or "", "")

    def shown(self) -> dict[str, Json]:
        return {
            "fieldId": self.id,
            "columnIndex": self.index,
            "name": self.name,
            "type": self.type,
            "standardFieldMapping": self.standard,
            "required": self.required,
            "readonly": self.readonly,
            "hidden": self.hidden,
        }


_FIRST = (
    ("Act-On Primary Score", "SCORE", "ACTON_PRIMARY_SCORE"),
    ("First Name", "TEXT", "FIRST_NAME"),
    ("Last Name", "TEXT", "LAST_NAME"),
    ("Company", "TEXT", "COMPANY"),
    ("E-mail Address", "EMAIL", "EMAIL"),
    ("Job Title", "TEXT", "TITLE"),
    ("Business City", "TEXT", "BUSINESS_CITY"),
    ("Business Phone", "TEXT", "BUSINESS_PHONE"),
    ("Cell Phone", "TEXT", "MOBILE_PHONE"),
    ("Date of Birth", "DATE", "DATE_OF_BIRTH"),
    ("Time Zone", "TEXT", "TIMEZONE"),
    ("Last Channel", "TEXT", None),
    ("Last Reply At", "DATETIME", None),
    ("Interest", "SCORE", None),
)


class Columns:
    """An account's, by their ids; names are taken once, whatever their case."""

    def __init__(self) -> None:
        self._columns: dict[int, Column] = {}
        self._made = 0
        for name, kind, standard in _FIRST:
            made = self.add(name, kind, standard)
            made.required = standard in ("ACTON_PRIMARY_SCORE", "EMAIL")
            made.readonly = kind == "SCORE"

    def __iter__(self) -> Iterator[Column]:
        return iter(self._columns.values())

    def add(self, name: str, kind: str, standard: str | None) -> Column:
        self._made += 1
        column = Column(1110 + self._made, self._made, name, kind, standard)
        self._columns[column.id] = column
        return column

    def get(self, column_id: int) -> Column | None:
        return self._columns.get(column_id)

    def named(self, name: str) -> Column | None:
        folded = name.strip().casefold()
        return next((one for one in self if one.name.casefold() == folded), None)

    def custom(self, index: str) -> Column | None:
        """The column behind a key of `customFields`."""
        return next((one for one in self if str(one.index) == index and not one.field), None)

    def standard(self, mapping: str) -> Column | None:
        return next((one for one in self if one.standard == mapping), None)

    def delete(self, column: Column) -> None:
        del self._columns[column.id]
