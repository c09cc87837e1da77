"""Whether an opportunity was created whose answer was lost."""

from dragoman.catalog.parts import LookupPlan, Lost, Part
from dragoman.vendors.highlevel.recency import made_since

_PAGE = 100
"""More than a contact has in one pipeline: as locations are set up, it has one at most."""


def opportunity_of_contact(lost: Lost) -> LookupPlan:
    """The contact's opportunities in the pipeline of the same name, made since the first try."""
    given = lost.input
    question = {"contactId": given["contactId"], "pipelineId": given["pipelineId"], "limit": _PAGE}
    found = yield Part("highlevel.opportunities.list", question)
    return [
        {"opportunity": one}
        for one in found["opportunities"]
        if one.get("name") == given["name"] and made_since(lost, one, "createdAt")
    ]
