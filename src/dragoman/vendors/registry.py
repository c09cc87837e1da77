"""Reads each vendor's `vendor.yaml` and ties its names to the functions of its folder."""

from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec
import yaml

from dragoman.catalog.quotas import Limits
from dragoman.catalog.vendors import Functions, Vendor, WebhookFunctions, Webhooks

HERE = Path(__file__).parent


class _File(msgspec.Struct, forbid_unknown_fields=True):
    """A `vendor.yaml`."""

    title: str
    base_urls: dict[str, str]
    facts: tuple[str, ...]
    limits: Limits
    functions: dict[str, str]
    filters: dict[str, str] = {}
    webhook: "_Webhook | None" = None
    versions: tuple[str, ...] = ()


class _Webhook(msgspec.Struct, forbid_unknown_fields=True):
    """Of a `vendor.yaml`: what it sends by itself."""

    keys: tuple[str, ...]
    types: frozenset[str]
    functions: dict[str, str]


class _Bound:
    """A vendor's functions under the names that everybody calls them by."""

    def __init__(self, functions: Mapping[str, Callable[..., Any]]) -> None:
        self.__dict__.update(functions)


class _Late:
    """The same, found when first called: most commands verify nothing, and need not wait for it."""

    def __init__(self, names: Mapping[str, str], resolve: Callable[[str], Any]) -> None:
        self._names = names
        self._resolve = resolve

    def __getattr__(self, name: str) -> Any:
        try:
            found = self._resolve(self._names[name])
        except KeyError:
            raise AttributeError(name) from None
        setattr(self, name, found)
        return found


def folders() -> dict[str, Path]:
    """The folder of each vendor, by its name."""
    return {path.parent.name: path.parent for path in sorted(HERE.glob("*/vendor.yaml"))}


def titles() -> dict[str, str]:
    """Their names, as people write them, without what they can do."""
    return {name: _file(folder).title for name, folder in folders().items()}


def vendors() -> dict[str, Vendor]:
    """All vendors that ship."""
    return {name: _vendor(name, path) for name, path in folders().items()}


def _vendor(name: str, folder: Path) -> Vendor:
    file = _file(folder)
    resolve = partial(_resolve, name)
    functions: Any = _Bound({key: resolve(target) for key, target in file.functions.items()})
    bound: Functions = functions
    return Vendor(
        name=name,
        title=file.title,
        base_urls=file.base_urls,
        facts=file.facts,
        limits=file.limits,
        functions=bound,
        filters={key: resolve(target) for key, target in file.filters.items()},
        resolve=resolve,
        webhook=_webhook(file.webhook, resolve),
        versions=file.versions,
    )


def _file(folder: Path) -> _File:
    content = yaml.load((folder / "vendor.yaml").read_bytes(), Loader=yaml.CSafeLoader)
    return msgspec.convert(content, _File)


def _webhook(said: _Webhook | None, resolve: Callable[[str], Any]) -> Webhooks | None:
    if said is None:
        return None
    late: Any = _Late(said.functions, resolve)
    functions: WebhookFunctions = late
    return Webhooks(said.keys, said.types, functions)


def _resolve(vendor: str, name: str) -> Callable[..., Any]:
    module, _, function = name.partition(".")
    found: Callable[..., Any] = getattr(
        import_module(f"dragoman.vendors.{vendor}.{module}"), function
    )
    return found
