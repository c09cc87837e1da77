"""One call through one account: token, limits, the request, and what its answer means."""

from collections.abc import Generator
from typing import Any, TypeVar

import msgspec

from dragoman.catalog import bodies, surprises
from dragoman.catalog.building import Builder
from dragoman.catalog.catalogue import Catalogue
from dragoman.catalog.entries import GONE, Effect, Form, Operation
from dragoman.catalog.parts import Part
from dragoman.catalog.wire import Answer, Request, Sink
from dragoman.engine.accounts import Account
from dragoman.engine.custodian import Custodian
from dragoman.http import backoff
from dragoman.http.client import Transport
from dragoman.kernel.clock import Clock
from dragoman.kernel.errors import BadAnswer, DragomanError, RateLimited, Rejected, TokenRefused
from dragoman.kernel.secret import Secret

_Found = TypeVar("_Found")
RAW_CAP = 64 * 1024
"""Bytes of an unusable answer that are kept."""
_NOT_FOUND = 404
_PATIENCE = 5.0


class Reply(msgspec.Struct, frozen=True):
    output: Any
    trace: str
    content: bytes = b""
    """What came, where the output only describes it: the journal never holds it."""


class Unusable(BadAnswer):
    """An answer that cannot be used, with its beginning."""

    def __init__(self, error: BadAnswer, raw: bytes) -> None:
        super().__init__(error.message, fix=error.fix)
        self.raw = raw[:RAW_CAP]


class Caller:
    def __init__(
        self, custodian: Custodian, transport: Transport, clock: Clock, catalogue: Catalogue
    ) -> None:
        self._catalogue = catalogue
        self._custodian = custodian
        self._transport = transport
        self._clock = clock
        self._builders: dict[tuple[str, str], Builder] = {}

    def builder(self, account: Account, operation: Operation) -> Builder:
        """The builder of what this account's calls look like, made once."""
        key = operation.id, account.version
        found = self._builders.get(key)
        if found is None:
            rewrite = account.vendor.rewrite(operation)
            found = self._builders[key] = Builder(operation, account.version, rewrite)
        return found

    def complete(
        self, account: Account, operation: Operation, given: dict[str, Any]
    ) -> dict[str, Any]:
        """The input with its defaults, checked; see `Builder.complete`."""
        return self.builder(account, operation).complete(given, account.facts)

    async def ask(self, account: Account, name: str, given: dict[str, Any]) -> Any:
        """The output of a call that reads, from its operation's id and plain input; see `call`."""
        operation = self._catalogue.operation(name)
        value = self.complete(account, operation, given)
        return (await self.call(account, operation, value)).output

    async def follow(self, account: Account, plan: Generator[Part, Any, _Found]) -> _Found:
        """Carry out a plan whose parts all read; what it returns. Nothing of it is journalled."""
        answer: Any = None
        while True:
            try:
                with surprises.told(account.vendor.title):
                    part = plan.send(answer)
            except StopIteration as stop:
                found: _Found = stop.value
                return found
            answer = await self.ask(account, part.operation, part.input)

    async def call(
        self,
        account: Account,
        operation: Operation,
        value: dict[str, Any],
        sink: Sink | None = None,
    ) -> Reply:
        """Make the call once (twice if the token had ended: what was refused has not happened).

        What is no JSON goes into the sink, where there is one.

        Raises:
            DragomanError: sorted by what helps; see `kernel/errors.py`.
        """
        request = self.builder(account, operation).build(value)
        token = await self._custodian.token(account)
        if sink is not None:
            sink = None if operation.answer == "json" else _Due(sink, operation.answer)
        try:
            answer = await self._send(account, request, token, sink)
            return self._read(account, operation, answer)
        except TokenRefused:
            token = await self._custodian.renew(account, token)
        answer = await self._send(account, request, token, sink)
        return self._read(account, operation, answer)

    async def _send(
        self, account: Account, request: Request, token: Secret, sink: Sink | None
    ) -> Answer:
        # A short wait is sat out here; a long one is the run's to wait for, not the worker's.
        await account.limiter.acquire(patience=_PATIENCE)
        # What an operation says of itself, such as what it accepts, outweighs what all calls carry.
        headers = {**account.vendor.functions.headers(token), **request.headers}
        sent = Request(request.method, request.path, request.query, headers, request.body)
        answer = await self._transport.send(account.base_url, sent, sink=sink)
        account.limiter.learn(account.vendor.functions.quota(answer.headers))
        account.vendor_clock.learn(answer.headers.get("date"), self._clock.now())
        return answer

    def _read(self, account: Account, operation: Operation, answer: Answer) -> Reply:
        functions = account.vendor.functions
        try:
            if operation.answer != "json" and bodies.succeeded(answer):
                return _plain(operation, answer, functions.trace(answer.headers, None))
            content = functions.read(answer)
        except RateLimited as limited:
            raise self._limited(account, answer, limited) from None
        except Rejected as refusal:
            if not _says_nothing(operation, refusal):
                raise
            content = {}
        except BadAnswer as bad:
            raise Unusable(bad, answer.body) from None
        trace = functions.trace(answer.headers, content)
        if operation.tidy:
            content = self._tidied(account, operation, content, answer)
        fault = operation.output.missing(content)
        if fault is not None:
            raise _drifted(operation, fault, answer, trace)
        return Reply(content, trace)

    def _tidied(self, account: Account, operation: Operation, content: Any, answer: Answer) -> Any:
        try:
            with surprises.told(operation.id):
                return account.vendor.resolve(operation.tidy)(content)
        except BadAnswer as bad:
            raise Unusable(bad, answer.body) from None

    def _limited(self, account: Account, answer: Answer, limited: RateLimited) -> DragomanError:
        said = backoff.retry_after(answer.headers.get("retry-after"), self._clock.now())
        if said is not None:
            limited.retry_after = said
        # Whoever is next would hear the same: one interval of pause where nobody said how long.
        account.limiter.pause(said or account.vendor.limits.interval)
        return limited


class _Due:
    """A sink that takes nothing else than what was asked for."""

    def __init__(self, sink: Sink, form: Form) -> None:
        self._sink = sink
        self._form = form

    async def begin(self, kind: str, length: int | None) -> None:
        bodies.check_kind(kind, self._form, "something for a browser")
        await self._sink.begin(kind, length)

    async def write(self, chunk: bytes) -> None:
        await self._sink.write(chunk)


def _plain(operation: Operation, answer: Answer, trace: str) -> Reply:
    output = bodies.facts(answer, operation.answer)
    return Reply(output, trace, answer.body if operation.answer == "bytes" else b"")


def _says_nothing(operation: Operation, refusal: Rejected) -> bool:
    """Whether a refusal says no more than that there is nothing there."""
    gone = refusal.status == _NOT_FOUND or refusal.reason == GONE
    if operation.effect is Effect.DELETE and gone:
        return True
    number = int(refusal.reason) if refusal.reason.isdecimal() else refusal.status
    return number in operation.missing


def _drifted(operation: Operation, fault: str, answer: Answer, trace: str) -> Unusable:
    bad = BadAnswer(
        f"{operation.id}: {fault}",
        fix="see the kept answer: the vendor may have changed what it sends",
    )
    error = Unusable(bad, answer.body)
    error.trace = trace
    return error
