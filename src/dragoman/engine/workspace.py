"""`dragoman.yaml`: the accounts and habits of one customer. It never holds a secret."""

import re
from pathlib import Path
from typing import Any, Literal

import msgspec

from dragoman.catalog.names import did_you_mean
from dragoman.catalog.quotas import Limits
from dragoman.catalog.vendors import Vendor
from dragoman.engine.places import FILE
from dragoman.flows import hours
from dragoman.flows.documents import Document
from dragoman.flows.findings import Findings
from dragoman.flows.nodes import Mapping, Node, Place, Scalar, plain
from dragoman.http import target
from dragoman.kernel.errors import DefinitionError

_KEYS = ("workspace", "public_url", "hours", "env", "connections", "defaults")
_NAME = re.compile(r"[a-z][a-z0-9_-]*", re.ASCII)
_CONNECTION = (
    "vendor", "environment", "location_id", "company_id", "account_id", "region", "store",
    "base_url", "limits", "app_id", "webhook_keys", "version",
)  # fmt: skip


class ConnectionSpec(msgspec.Struct, frozen=True):
    """A connection as the file says it."""

    name: str
    vendor: str
    environment: Literal["live", "sandbox"]
    facts: dict[str, str]
    base_url: str
    limits: Limits
    app_id: str = ""
    """Webhooks of other apps are refused; nothing takes those of any."""
    webhook_keys: tuple[bytes, ...] = ()
    """Who may sign webhooks for it: public keys."""
    version: str = ""
    """The version of the vendor's API that it speaks, where that is not what each entry names."""


class Workspace(msgspec.Struct, frozen=True):
    name: str
    public_url: str
    hours: hours.Hours
    env: dict[str, Any]
    connections: dict[str, ConnectionSpec]
    defaults: dict[str, str]


def read(folder: Path, vendors: dict[str, Vendor]) -> Workspace:
    """Read a folder's file.

    Raises:
        DefinitionError: there is none.
        Problems: it is wrong; each problem says where and what to do.
    """
    path = folder / FILE
    try:
        text = path.read_text()
    except OSError:
        raise DefinitionError(
            f"{path} is not there: this is no workspace folder",
            fix="make one with `dragoman init FOLDER`, or name it with --folder",
        ) from None
    except UnicodeDecodeError:
        raise DefinitionError(f"{path} is not UTF-8 text", fix="save it as UTF-8") from None
    findings = Findings(FILE)
    document = Document(text, FILE)
    findings.extend(document.problems)
    findings.settle()
    root = findings.mapping(document.root, FILE) or Mapping(Place())
    workspace = _Reader(root, vendors, findings).workspace()
    findings.settle()
    return workspace


class _Reader:
    def __init__(self, root: Mapping, vendors: dict[str, Vendor], findings: Findings) -> None:
        self._root = root
        self._vendors = vendors
        self._findings = findings

    def workspace(self) -> Workspace:
        self._findings.known_keys(self._root, _KEYS, FILE)
        connections = self._connections()
        return Workspace(
            name=self._name(),
            public_url=(self._url(self._root, "public_url") or "").rstrip("/"),
            hours=self._hours(),
            env=self._env(),
            connections=connections,
            defaults=self._defaults(connections),
        )

    def _name(self) -> str:
        name = self._findings.text(self._root.get("workspace"), "workspace")
        if name is None:
            self._findings.add(self._root, "`workspace` is missing", "add `workspace: my-company`")
        elif not _NAME.fullmatch(name):
            node = self._root.entries["workspace"].value
            self._findings.add(node, f"{name!r} is no name", "small letters, digits, - and _")
        return name or ""

    def _hours(self) -> hours.Hours:
        node = self._root.get("hours")
        if node is None:
            return hours.ALWAYS
        try:
            return hours.read(plain(node))
        except DefinitionError as error:
            self._findings.add(node, error.message, error.fix)
            return hours.ALWAYS

    def _env(self) -> dict[str, Any]:
        node = self._findings.mapping(self._root.get("env"), "env")
        return {} if node is None else {key: plain(one.value) for key, one in node.entries.items()}

    def _connections(self) -> dict[str, ConnectionSpec]:
        node = self._findings.mapping(self._root.get("connections"), "connections")
        found: dict[str, ConnectionSpec] = {}
        for name, entry in (node.entries if node is not None else {}).items():
            if not _NAME.fullmatch(name):
                self._findings.add(entry.key, f"{name!r} is no name", "small letters, digits, - _")
            inner = self._findings.mapping(entry.value, f"connection {name!r}")
            if inner is not None and (spec := self._connection(name, inner)) is not None:
                found[name] = spec
        return found

    def _connection(self, name: str, node: Mapping) -> ConnectionSpec | None:
        what = f"connection {name!r}"
        self._findings.known_keys(node, _CONNECTION, what)
        vendor = self._choice(node, "vendor", tuple(self._vendors), what)
        environment = self._choice(node, "environment", ("live", "sandbox"), what, "live")
        if vendor is None or environment is None:
            return None
        known = self._vendors[vendor]
        region = self._choice(
            node, "region", tuple(known.base_urls), what, next(iter(known.base_urls))
        )
        base_url = self._url(node, "base_url")
        return ConnectionSpec(
            name=name,
            vendor=vendor,
            environment="sandbox" if environment == "sandbox" else "live",
            facts=self._facts(node, known, what),
            base_url=base_url or known.base_url(region or ""),
            limits=self._limits(node, known.limits),
            app_id=_text(node.get("app_id")),
            webhook_keys=self._webhook_keys(node, known, what),
            version=self._choice(node, "version", known.versions, what, "") or "",
        )

    def _webhook_keys(self, node: Mapping, vendor: Vendor, what: str) -> tuple[bytes, ...]:
        value = node.get("webhook_keys")
        if vendor.webhook is None:
            for key in {"webhook_keys", "app_id"} & node.entries.keys():
                entry = node.entries[key]
                self._findings.add(entry.key, f"{what}: {vendor.title} sends no webhooks here")
            return ()
        if value is None:
            return tuple(map(vendor.webhook.functions.key, vendor.webhook.keys))
        found: list[bytes] = []
        for one in self._findings.sequence(value, "webhook_keys"):
            try:
                found.append(vendor.webhook.functions.key(_text(one)))
            except ValueError as error:
                self._findings.add(one, f"{what}: this is no webhook key", f"write {error}")
        return tuple(found)

    def _url(self, node: Mapping, key: str) -> str | None:
        value = node.get(key)
        said = self._findings.text(value, key)
        if value is None or said is None:
            return None
        try:
            target.origin(said)
        except DefinitionError as error:
            self._findings.add(value, error.message, error.fix or "https://HOST")
            return None
        return said

    def _facts(self, node: Mapping, vendor: Vendor, what: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for fact in ("location_id", "company_id", "account_id"):
            value = node.get(fact)
            if value is None:
                continue
            if fact not in vendor.facts:
                self._findings.add(value, f"{what}: {vendor.title} has no {fact}", "remove it")
            elif text := _text(value):
                found[fact] = text
        if vendor.facts and not found:
            hint = f"add `{vendor.facts[0]}: …`"
            self._findings.add(node, f"{what} does not say which account it is", hint)
        return found

    def _limits(self, node: Mapping, default: Limits) -> Limits:
        inner = node.get("limits")
        if inner is None:
            return default
        try:
            return msgspec.convert({**msgspec.to_builtins(default), **plain(inner)}, Limits)
        except (msgspec.ValidationError, TypeError) as error:
            hint = "burst (calls), interval (seconds), daily (calls), reserve (calls)"
            self._findings.add(inner, f"limits: {error}", hint)
            return default

    def _defaults(self, connections: dict[str, ConnectionSpec]) -> dict[str, str]:
        node = self._findings.mapping(self._root.get("defaults"), "defaults")
        if node is None:
            return {}
        self._findings.known_keys(node, tuple(self._vendors), "defaults")
        found: dict[str, str] = {}
        for vendor, entry in node.entries.items():
            name = self._findings.text(entry.value, f"defaults.{vendor}") or ""
            if name in connections and connections[name].vendor == vendor:
                found[vendor] = name
            else:
                fitting = [one.name for one in connections.values() if one.vendor == vendor]
                hint = did_you_mean(name, fitting)
                self._findings.add(entry.value, f"{name!r} is no {vendor} connection", hint)
        return found

    def _choice(
        self, node: Mapping, key: str, words: tuple[str, ...], what: str, default: str | None = None
    ) -> str | None:
        value: Node | None = node.get(key)
        if value is None:
            if default is None:
                self._findings.add(node, f"{what} needs `{key}`", f"one of {', '.join(words)}")
            return default
        if isinstance(value, Scalar) and value.value in words:
            return str(value.value)
        said = value.text if isinstance(value, Scalar) else ""
        self._findings.add(value, f"{what}: {key} {said!r} is unknown", did_you_mean(said, words))
        return None


def _text(node: Node | None) -> str:
    """An id as it is written, for some look like numbers; nothing where there is none."""
    return node.text if isinstance(node, Scalar) and node.value is not None else ""
