"""Act-On's forms: what there is, how they did, and a submission as a page outside sends it."""

from urllib.parse import parse_qsl

from dragoman.kernel.jsons import Json
from dragoman.simulator.acton import answers
from dragoman.simulator.acton.assets import SiteForm
from dragoman.simulator.acton.call import Call
from dragoman.simulator.acton.state import ActOn, MarketingList, Record
from dragoman.simulator.exchange import Answer, Refusal, as_json
from dragoman.simulator.routes import Route
from dragoman.simulator.world import World

HEADINGS = ("First Name", "Last Name", "E-mail Address", "Comments")
HOST = "https://mkt.example.com"
THANKS = b"<!doctype html><title>Thank you</title>"


def every(call: Call) -> Answer:
    entries = [
        {
            "id": one.id,
            "title": one.title,
            "url": _url(call.account, one, "1/-/-/-/-"),
            "description": "",
            "creation_time": 0,
            "modified": 0,
        }
        for one in call.own.assets.forms.values()
    ]
    return as_json(200, [{"folder": "Default Folder", "entries": entries}])


def urls(call: Call) -> Answer:
    one = _known(call)
    return as_json(200, {"urls": [{"url": _url(call.account, one, "0")}]})


def report(call: Call) -> Answer:
    """Totals by source; how many times somebody submitted is all that is pretended of `unique`."""
    one = _known(call)
    sources = sorted(one.views | one.submits)
    result = [_source(one, source) for source in sources]
    return as_json(200, {"count": len(result), "result": result})


def submit(call: Call) -> Answer:
    """A post from outside: no token, and a page that says thanks whatever became of it."""
    state, account = call.state, call.params["accountId"]
    known = state.accounts.get(account)
    one = known.assets.forms.get(call.params["formId"]) if known else None
    if one is None:
        raise Refusal(404, {})
    text = call.request.body.decode("utf-8", "replace")
    values = {_plain(name): value for name, value in parse_qsl(text)}
    kept = {heading: values[_plain(heading)] for heading in HEADINGS if _plain(heading) in values}
    kept["E-mail Address"] = values.get("email") or kept.get("E-mail Address", "")
    submitted(call.world, account, one, kept, call.params["documentId"])
    return Answer(200, THANKS, "text/html; charset=utf-8")


def submitted(
    world: World, account: str, one: SiteForm, values: dict[str, str], source: str
) -> Record:
    """Keep a submission; the row in the list is what can be polled."""
    record = submissions(world.acton, account, one).insert(values, world.clock.now())
    one.submits[source] += 1
    one.views[source] += 1
    world.ledger.append(
        "acton",
        "form.submitted",
        subject={"email": values.get("E-mail Address", ""), "record_id": record.id},
        content={"form_id": one.id, **values},
        request="",
        account=account,
    )
    return record


def submissions(state: ActOn, account: str, one: SiteForm) -> MarketingList:
    """The list of what was submitted, made with the first of it."""
    list_id = f"l-form-{one.id}"
    if list_id not in state.lists:
        made = MarketingList(list_id, account, f"{one.title} submissions", HEADINGS, 0)
        state.lists[list_id] = made
    return state.lists[list_id]


def _known(call: Call) -> SiteForm:
    found = call.own.assets.forms.get(call.params["id"])
    if found is None:
        raise answers.no_form()
    return found


def _source(one: SiteForm, source: str) -> dict[str, Json]:
    submits, views = one.submits[source], one.views[source]
    return {
        "source": source,
        "submits": submits,
        "unique": submits,
        "views": views,
        "percent": round(100 * submits / views) if views else 0,
        "non_submitters": "N/A",
    }


def _url(account: str, one: SiteForm, middle: str) -> str:
    return f"{HOST}/acton/form/{account}/{one.id}:d-0001/{middle}/index.htm"


def _plain(name: str) -> str:
    return "".join(sign for sign in name.lower() if sign.isalnum())


ROUTES = (
    Route("GET", "/api/1/form", every),
    Route("GET", "/api/1/form/{id}/urls", urls),
    Route("GET", "/api/1/form/{id}/report", report),
    Route("POST", "/acton/eform/{accountId}/{formId}/{documentId}", submit, open=True),
)
