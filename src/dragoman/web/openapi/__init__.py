"""The API as an OpenAPI 3.1 document, made from its ways and the catalogue.

document    the whole, made when it is first asked for
calls       a path for each operation that can be called
faults      how errors look, the same everywhere
"""

from dragoman.web.openapi.document import OpenApi

__all__ = ["OpenApi"]
