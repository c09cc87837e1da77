"""Whether a user was created whose answer was lost."""

from dragoman.catalog.parts import LookupPlan, Lost, Part


def user_by_email(lost: Lost) -> LookupPlan:
    """The user with this address: there is one at most, so whoever made it, it is the one."""
    wanted = str(lost.input["email"]).casefold()
    locations = lost.input["locationIds"] or [None]
    question = {"companyId": lost.input["companyId"], "query": lost.input["email"]}
    if locations[0] is not None:
        question["locationId"] = locations[0]
    found = yield Part("highlevel.users.list", question)
    return [one for one in found["users"] if str(one.get("email")).casefold() == wanted]
