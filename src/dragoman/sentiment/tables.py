"""The tables beside the code, as they are shipped."""

from pathlib import Path
from typing import TypeVar

import msgspec

_Model = TypeVar("_Model", bound=msgspec.Struct)


def table(name: str, model: type[_Model]) -> _Model:
    import yaml  # noqa: PLC0415  # when the first text is scored, not before

    content = yaml.load(Path(__file__).with_name(name).read_bytes(), Loader=yaml.CSafeLoader)
    return msgspec.convert(content, model)
