"""Whether a contact was created whose answer was lost."""

from dragoman.catalog.parts import LookupPlan, Lost, Part
from dragoman.kernel.errors import BadAnswer
from dragoman.vendors.highlevel.recency import made_since


def contact_by_address(lost: Lost) -> LookupPlan:
    """The contact with the same e-mail or phone, made since the first try.

    The call that looks for duplicates shows one contact. Where a location allows several with one
    address, it may show another, older one: then nobody can tell.
    """
    asked = {"email": "email", "phone": "number"}
    known = {name: lost.input[name] for name in asked if lost.input.get(name)}
    if not known:
        raise BadAnswer("a contact without e-mail and phone cannot be told from others")
    name, value = next(iter(known.items()))
    question = {"locationId": lost.input["locationId"], asked[name]: value}
    found = (yield Part("highlevel.contacts.find_duplicate", question)).get("contact")
    if not found:
        return []
    if not made_since(lost, found, "dateAdded"):
        raise BadAnswer("an older contact has the same address, so nobody can tell")
    return [{"contact": found}]
