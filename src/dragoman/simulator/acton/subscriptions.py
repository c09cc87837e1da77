"""Act-On's subscription categories: keyed by name, and in until somebody chose to be out."""

from dragoman.kernel.jsons import Json
from dragoman.simulator.acton import answers, filters, forms
from dragoman.simulator.acton.call import Call
from dragoman.simulator.acton.consent import Category, Choice
from dragoman.simulator.exchange import Answer, as_json
from dragoman.simulator.routes import Route


def categories(call: Call) -> Answer:
    """A bare array: every category, or those one address is opted in to."""
    email = call.request.query.get("email", "").strip()
    return as_json(
        200,
        [
            {"id": one.id, "name": one.name, "description": one.description}
            for one in call.consent.categories.values()
            if not email or not one.opted_out(email)
        ],
    )


def opted_out(call: Call) -> Answer:
    """Who is out of one category; the total is told here, unlike on the suppression lists."""
    one = _category(call, call.request.query.get("category", ""))
    offset, count = filters.page(call)
    found = [
        {"email": email, "timestamp": at}
        for email, choice, at in one.chosen.values()
        if choice == "optout"
    ]
    shown = found[offset : offset + count]
    body = {"offset": offset, "count": len(shown), "totalCount": len(found), "result": shown}
    return as_json(200, body)


def update(call: Call) -> Answer:
    """Change one category; without `action` it opts in, as the documented sample did."""
    form = forms.read(call.request)
    email, one = form.email(), _category(call, form.need("category"))
    action = form.get("action") or "optin"
    if action not in ("optin", "optout"):
        raise answers.invalid("action")
    _choose(call, email, one, "optin" if action == "optin" else "optout")
    word = "OptIn" if action == "optin" else "OptOut"
    return _done(f"{word} entry added for subscription category : {one.name}")


def set_categories(call: Call) -> Answer:
    """Overwrite everything: into the categories named, out of all others."""
    form = forms.read(call.request)
    email = form.email()
    wanted = [_category(call, name).name for name in form.values.get("category", ())]
    for one in call.consent.categories.values():
        _choose(call, email, one, "optin" if one.name in wanted else "optout")
    return _done(f"Entry added for subscription categories : [{', '.join(wanted)}]")


def _category(call: Call, name: str) -> Category:
    if not name:
        raise answers.missing("category")
    found = call.consent.categories.get(name)
    if found is None:
        raise answers.invalid("category")
    return found


def _choose(call: Call, email: str, one: Category, choice: Choice) -> None:
    if one.choose(email, choice, call.now):
        content = {"category": one.name, "action": choice}
        call.record("subscription.changed", {"email": email}, content)


def _done(message: str) -> Answer:
    done: dict[str, Json] = {"status": "success", "message": message}
    return as_json(200, done)


ROUTES = (
    Route("GET", "/api/1/subscription/category", categories),
    Route("GET", "/api/1/subscription/optout", opted_out),
    Route("PUT", "/api/1/subscription/optout", update),
    Route("PUT", "/api/1/subscription/setcategories", set_categories),
)
