"""What the calls of `/ucl/v2` have in common: whose book it is, bodies, spans of time, pages."""

from typing import Any

from dragoman.kernel import jsons
from dragoman.kernel.clock import SECOND
from dragoman.kernel.jsons import Json
from dragoman.simulator.acton import answers
from dragoman.simulator.acton.call import Call
from dragoman.simulator.acton.contacts import importing
from dragoman.simulator.acton.contacts.book import Book, Contact
from dragoman.simulator.exchange import Answer, as_json
from dragoman.simulator.figures import whole

PAGE_SIZE = 50
OLDEST, NEWEST, ALL = "OLDEST_CONTACT", "NEWEST_CONTACT", "ALL_CONTACTS"


def opened(call: Call) -> Book:
    """The account's book, with what its imports have done by now.

    Raises:
        Refusal: the path names another account; that this is a silent 403 is a guess.
    """
    if call.params["accountId"] != call.account:
        raise answers.silent(403)
    importing.settle(call.world, call.own)
    return call.own.contacts


def body(call: Call) -> Any:
    """A JSON body.

    Raises:
        Refusal: it calls itself something else (415), or is none (400).
    """
    if "json" not in call.request.headers.get("content-type", ""):
        raise answers.silent(415)
    try:
        return jsons.decode(call.request.body)
    except jsons.Unreadable:
        raise answers.unfit() from None


def mapping(call: Call) -> dict[str, Any]:
    """A JSON object; see `body`."""
    found = body(call)
    if not isinstance(found, dict):
        raise answers.unfit()
    return found


def texts(call: Call) -> list[str]:
    """A JSON list of texts; see `body`."""
    found = body(call)
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise answers.unfit()
    return found


def number(call: Call, name: str, otherwise: int) -> int:
    """A figure of the query.

    Raises:
        Refusal: it is none.
    """
    text = call.request.query.get(name, "")
    found = whole(text) if text else otherwise
    if found is None:
        raise answers.unfit()
    return found


def page(call: Call, items: list[Any], size: int = PAGE_SIZE) -> Answer:
    """The page that is asked for, counting from 0; the largest is not published."""
    at = number(call, "page", 0)
    size = min(number(call, "pageSize", size), call.world.settings.acton_page_maximum)
    if not size:
        raise answers.unfit()
    shown: list[Json] = items[at * size : (at + 1) * size]
    return listed(call, shown, {"page": at, "pageSize": size, "totalCount": len(items)})


def listed(call: Call, items: list[Json], about: dict[str, Json] | None = None) -> Answer:
    """A list, whose form was never published: in the envelope of imports, or bare."""
    return as_json(200, items if call.bare else {"data": items, **(about or {})})


def within(call: Call, contact: Contact) -> bool:
    """Whether the contact is of the span of time asked for, in epoch seconds."""
    for moment, name in ((contact.created, "created"), (contact.updated, "updated")):
        after, before = number(call, f"{name}After", -1), number(call, f"{name}Before", -1)
        if moment <= after * SECOND or (before >= 0 and moment >= before * SECOND):
            return False
    return True


def picked(call: Call, name: str, found: list[Contact]) -> list[Contact]:
    """Of several with an address those that the policy means; only its default is published.

    Raises:
        Refusal: the policy is none.
    """
    policy = call.request.query.get(name, OLDEST)
    if policy not in (OLDEST, NEWEST, ALL):
        raise answers.unfit()
    return by_policy(policy, found)


def by_policy(policy: str, found: list[Contact]) -> list[Contact]:
    """Of contacts in the order of their age, the first, the last, or all."""
    return found if policy == ALL else found[-1:] if policy == NEWEST else found[:1]


def contact(call: Call, book: Book) -> Contact:
    """The contact of the path: by id, by outside id, or the oldest with an address.

    Raises:
        Refusal: there is none.
    """
    params = call.params
    found: Contact | None
    if "id" in params:
        found = book.contacts.get(params["id"])
    elif "emailAddress" in params:
        found = next(iter(book.with_email(params["emailAddress"])), None)
    else:
        found = book.with_external(params["objectType"], params["externalId"])
    if found is None:
        raise answers.silent(404)
    return found


def done() -> Answer:
    """All that the published description has for an answer, where nothing else is known."""
    return as_json(200, {})
