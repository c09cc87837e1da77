"""Act-On Contacts, pretended: `/ucl/v2`.

Paths, inputs and statuses are documented; of what is answered hardly anything is. Where nothing
is, this answers a contact by the fields that a create takes, and lists as `{data: […]}`, the form
in which imports answer.
"""
