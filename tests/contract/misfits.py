"""What of a request is not as its vendor describes it: place and keyword, without the value."""

from email.parser import BytesParser
from email.policy import HTTP
from urllib.parse import parse_qsl, unquote

from dragoman.catalog.wire import Request
from dragoman.kernel import jsons
from tests.contract.published import JSON, Published

_FORM = "application/x-www-form-urlencoded"


def asked(published: Published, request: Request) -> set[str]:
    """All of them."""
    found = set() if stands_for(published.path, request.path) else {"path"}
    found |= published.query.misfits(published.query.decoded(published.pairs(request.query)))
    elsewhere = {"Accept", "Content-Type"}
    headers = {name: one for name, one in request.headers.items() if name not in elsewhere}
    return found | published.headers.misfits(headers) | _body(published, request)


def stands_for(template: str, path: str) -> bool:
    """Whether a built path is one of a template's, part for part."""
    theirs, ours = template.split("/"), path.split("/")
    return len(theirs) == len(ours) and all(
        unquote(our) != "" if their.startswith("{") else our == their
        for their, our in zip(theirs, ours, strict=True)
    )


def _body(published: Published, request: Request) -> set[str]:
    if request.body is None:
        # What the body must hold is then not given.
        schema = published.bodies.get(JSON) if published.body_required else None
        return schema.misfits({}) if schema else set()
    kind = request.headers["Content-Type"].partition(";")[0]
    wrong = {f"content type {kind}"} if kind not in published.bodies else set()
    if wrong and (kind == JSON or not published.bodies):
        return wrong
    # Which of the forms it travels in may be told wrongly: its fields are known all the same.
    schema = next(iter(published.bodies.values())) if wrong else published.bodies[kind]
    if kind == JSON:
        return schema.misfits(jsons.decode(request.body))
    return wrong | schema.misfits(schema.decoded(_fields(request)))


def _fields(request: Request) -> list[tuple[str, str]]:
    """The fields of a form."""
    kind, body = request.headers["Content-Type"], request.body or b""
    if kind == _FORM:
        return parse_qsl(body.decode(), keep_blank_values=True)
    whole = f"Content-Type: {kind}\r\n\r\n".encode() + body
    return [
        (str(part.get_param("name", header="content-disposition")), str(part.get_payload()))
        for part in BytesParser(policy=HTTP).parsebytes(whole).iter_parts()
    ]
