"""What is known of operations and triggers, as sentences by what they are about."""

from collections.abc import Iterator

from dragoman.catalog.documents import found_by
from dragoman.catalog.entries import Effect, Operation, Trigger
from dragoman.catalog.phrases import SOURCES, repeat
from dragoman.cli.tables import plural
from dragoman.kernel.clock import HOUR, MINUTE, SECOND

Fact = tuple[str, str]

_FORMS = {
    "json": "",
    "text": "text, not fields",
    "html": "a page, as text",
    "bytes": "a file: what is told of it are its facts, not its bytes",
}


_PRETENDED = {
    True: "keeps what it changes, as the vendor does",
    False: "answers in the declared form, and keeps nothing",
}


def of_operation(one: Operation, vendor: str) -> Iterator[Fact]:
    yield "vendor", vendor
    if not one.callable:
        yield "no call", f"cannot be called: {one.reason}"
    if one.native:
        yield "request", "none: it is worked out on this machine, without an account"
    elif one.composite:
        yield "parts", " -> ".join(one.parts)
    else:
        yield "request", f"{one.method} {one.path}"
    yield from _asked(one)
    yield "effect", f"{one.effect.value}: {repeat(one).replace('*', '')}"
    yield from _care(one)
    yield from _coming(one)
    if not one.native:
        yield "known", SOURCES[one.source]
        if one.callable:
            yield "simulator", _PRETENDED[one.first_class]


def _asked(one: Operation) -> Iterator[Fact]:
    """In which version, and by whom."""
    if one.version:
        newer = f", and v3 by {one.v3}" if one.v3 not in {"", one.path} else ", and v3"
        yield "version", one.version + (newer if one.v3 else "")
    if one.tokens:
        yield "asked by", " or ".join(one.tokens)
    if one.scopes:
        yield "scopes", ", ".join(one.scopes)
    if one.stage != "current":
        yield "stage", f"{one.stage}, as the vendor says"


def of_trigger(one: Trigger, vendor: str) -> Iterator[Fact]:
    yield "vendor", vendor
    if not one.callable:
        yield "no flow", f"can begin with it yet: {one.reason}"
    if one.webhook is not None:
        told = f"{vendor} tells {' or '.join(one.webhook.types)}"
        received = "by webhook" if one.webhook.row else "some day by webhook, not received yet"
        yield "found", f"{received}: {told}"
        for words, rows in (("where", one.webhook.where), ("not where", one.webhook.unless)):
            for name, known in rows.items():
                yield "", f"{words} {name} is {' or '.join(known)}"
    if one.poll is not None:
        asked, every = ", ".join(one.poll.parts), _length(one.poll.every)
        yield "found", f"by asking: {asked} every {every.removeprefix('1 ')}"
        yield "", f"each time for the last {_length(one.poll.overlap)} again, as some show late"
    if found_by(one) == "api":
        yield "found", "not by looking: a person or a program asks for it"
    yield "same", f"event if found again with the same {', '.join(one.key)}"
    yield "person" if one.about == "contact" else one.about, f"named by {one.subject}"
    yield "time", f"of the event: {one.time}"
    if found_by(one) != "api":
        yield "known", SOURCES[one.source]


def _care(one: Operation) -> Iterator[Fact]:
    """What is done so that nothing happens twice, or to somebody who does not want it."""
    if one.lookup is not None:
        settle = _length(one.lookup.settle)
        yield "look-up", f"after a lost answer; what does not show within {settle} counts as absent"
    elif one.effect is Effect.CREATE and one.callable:
        why = one.no_lookup or "no call that finds it is known"
        yield "look-up", f"none: {why}; after a lost answer a person decides"
    if one.consent is not None:
        ask = f"{one.vendor}.{one.consent.ask}"
        yield "consent", f"{ask} is asked just before; nothing is sent to who does not want it"


def _coming(one: Operation) -> Iterator[Fact]:
    """How the answer comes."""
    if one.paging:
        items = one.paging.items or "items"
        yield "pages", f"{items} come in pages; {one.paging.next} asks for the next one"
    if one.ready is not None:
        within = _length(one.ready.within)
        yield "later", f"asked for again until {one.ready.field} says it is there, for {within}"
    if one.missing:
        statuses = " or ".join(str(status) for status in one.missing)
        yield "nothing", f"{statuses} means that there is none, and is no failure"
    if _FORMS[one.answer]:
        yield "answer", _FORMS[one.answer]


def _length(seconds: float) -> str:
    """A round length of time: `15 seconds`, `10 minutes`."""
    for unit, word in ((HOUR, "hour"), (MINUTE, "minute")):
        if seconds >= unit / SECOND and not seconds % (unit / SECOND):
            return plural(round(seconds * SECOND / unit), word)
    return f"{seconds:g} seconds"
