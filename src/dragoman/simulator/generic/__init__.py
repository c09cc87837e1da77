"""Answers for whatever has no module of its own: made from what the catalogue's files declare.

Nothing is kept but the ledger: what was made cannot be read again, and what is asked for is there.

    entries    the catalogue's files, read as data
    texts      what the texts of a query or a form stand for
    asking     what was asked: read, and held against the entry
    values     a value for a field, told by its name
    answering  the declared output, filled
    pages      the page of it that was asked for
    highlevel  as HighLevel admits, refuses and answers
    acton      the same of Act-On
"""
