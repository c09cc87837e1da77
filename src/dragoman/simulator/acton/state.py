"""What Act-On remembers: accounts, marketing lists and their records, touch points, jobs."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dragoman.kernel.clock import DAY, HOUR, SECOND, Clock, Millis
from dragoman.kernel.jsons import Json
from dragoman.simulator.acton.assets import Assets
from dragoman.simulator.acton.consent import Consent
from dragoman.simulator.acton.contacts.book import Book
from dragoman.simulator.acton.mail import Mailing
from dragoman.simulator.limits import Windows
from dragoman.simulator.mint import Mint
from dragoman.simulator.tokens import Tokens

DEFAULT_ACCOUNT = "40042"
FIRST_LIST = 0x42
"""The default list is `l-0042`."""
DEFAULT_HEADINGS = (
    "First Name",
    "Last Name",
    "E-mail Address",
    "Cell Phone",
    "Time Zone",
    "Opted Out",
    "Last Reply",
    "Last Reply At",
)

SYSTEM_NAMES = {
    "First Name": "FIRSTNAME",
    "Middle Name": "MIDDLENAME",
    "Last Name": "LASTNAME",
    "E-mail Address": "EMAIL",
    "Email": "EMAIL",
    "Company": "COMPANY",
    "Job Title": "JOBTITLE",
    "Department": "DEPT",
    "Business Phone": "BIZ_PHONE",
    "Home Phone": "HOME_PHONE",
    "Cell Phone": "CELL_PHONE",
    "Country": "BIZ_COUNTRY",
}
"""The system column behind a heading; other headings are the customer's own."""


@dataclass(frozen=True, slots=True)
class TouchPoint:
    email: str
    destination: str
    """The set it belongs to."""
    action: str
    title: str
    note: str
    when: Millis
    shows: Millis
    """The moment from which it can be seen."""


@dataclass(slots=True)
class Job:
    id: str
    account: str
    surface: str
    """The part of the path under which it is asked for."""
    ready: Millis
    details: dict[str, Json] = field(default_factory=dict)


@dataclass(slots=True)
class Account:
    id: str
    name: str
    user: str = "Bo Example"
    time_zone: str = "America/Los_Angeles"
    consent: Consent = field(default_factory=Consent)
    contacts: Book = field(default_factory=Book)
    touchpoint_sets: dict[str, list[TouchPoint]] = field(default_factory=dict)
    mailing: Mailing = field(default_factory=Mailing)
    assets: Assets = field(default_factory=Assets)
    users: dict[str, dict[str, str]] = field(default_factory=dict)
    """By the folded address."""
    visitors: dict[str, str] = field(default_factory=dict)
    """Addresses by the cookie of the browser that is known to be theirs."""
    rejected: dict[str, str] = field(default_factory=dict)
    """Rows of uploads that were no good, as CSV, by the name of their file."""

    def touchpoints(self) -> list[TouchPoint]:
        """Those of all sets, by the moment from which they show."""
        every = [point for points in self.touchpoint_sets.values() for point in points]
        return sorted(every, key=lambda point: point.shows)


@dataclass(slots=True)
class Record:
    id: str
    values: dict[str, str]
    """Keyed by heading."""
    created: Millis
    modified: Millis


@dataclass(slots=True)
class MarketingList:
    id: str
    account: str
    name: str
    headings: tuple[str, ...]
    modified: Millis
    records: dict[str, Record] = field(default_factory=dict)
    """In the order they came."""
    types: dict[str, str] = field(default_factory=dict)
    """The system columns behind headings that an upload has named so."""
    _made: int = 0
    _by_email: dict[str, list[Record]] = field(default_factory=dict)

    @property
    def email_heading(self) -> str:
        for heading in self.headings:
            if self._column(heading) == "EMAIL":
                return heading
        return self.headings[0]

    def heading(self, key: str) -> str | None:
        """The heading a key means: verbatim, or a system column's name."""
        if key in self.headings:
            return key
        for heading in self.headings:
            if self._column(heading) == key.upper():
                return heading
        return None

    def email_of(self, record: Record) -> str:
        return record.values.get(self.email_heading, "")

    def first_with(self, email: str) -> Record | None:
        """Only the first of several duplicates is ever found."""
        found = self._by_email.get(email.strip().casefold())
        return found[0] if found else None

    def insert(self, values: Mapping[str, str], at: Millis) -> Record:
        self._made += 1
        record = Record(f"{self.id}:{self._made:x}", dict(values), at, at)
        self.records[record.id] = record
        self._index(record)
        self.modified = at
        return record

    def count_from(self, number: int) -> None:
        """Give the next record this number, so that a restart uses none a second time."""
        self._made = number - 1

    def change(self, record: Record, values: Mapping[str, str], at: Millis) -> None:
        self._drop(record)
        record.values.update(values)
        record.modified = self.modified = at
        self._index(record)

    def delete(self, record_id: str, at: Millis) -> Record | None:
        record = self.records.pop(record_id, None)
        if record is not None:
            self._drop(record)
            self.modified = at
        return record

    def row(self, record: Record) -> list[str]:
        """The record's values by position, its id in front."""
        return [record.id, *(record.values.get(heading, "") for heading in self.headings)]

    def _column(self, heading: str) -> str | None:
        return self.types.get(heading) or SYSTEM_NAMES.get(heading)

    def _index(self, record: Record) -> None:
        self._by_email.setdefault(self.email_of(record).strip().casefold(), []).append(record)

    def _drop(self, record: Record) -> None:
        self._by_email[self.email_of(record).strip().casefold()].remove(record)


class ActOn:
    def __init__(self, clock: Clock, mint: Mint) -> None:
        self._clock = clock
        self.mint = mint
        self.tokens = Tokens()
        self.seconds = Windows(SECOND)
        self.days = Windows(DAY)
        self.logins = Windows(HOUR)
        self.accounts: dict[str, Account] = {}
        self.lists: dict[str, MarketingList] = {}
        self.jobs: dict[str, Job] = {}
        self._next_list = FIRST_LIST
        self.default_account = self.account(DEFAULT_ACCOUNT)
        self.default_list = self.add_list(DEFAULT_ACCOUNT, "Newsletter", DEFAULT_HEADINGS)
        self.default_account.assets.add_program("Welcome", sources=(self.default_list.id,))

    def account(self, account_id: str) -> Account:
        """The account of that id, made if it is new."""
        if account_id not in self.accounts:
            self.accounts[account_id] = Account(account_id, f"Example {account_id}")
        return self.accounts[account_id]

    def add_list(self, account_id: str, name: str, headings: tuple[str, ...]) -> MarketingList:
        list_id = f"l-{self._next_list:04x}"
        self._next_list += 1
        made = MarketingList(list_id, account_id, name, headings, self._clock.now())
        self.lists[list_id] = made
        return made
