"""Walks the pages of a list: what is there all the while comes once, though others come and go.

A list that is counted through (`offset`, `page`, `rows`) shifts when something before the next page
is deleted. So each page begins with the last item of the one before; where it does not, the walk
goes back. A list that goes by a value (`sort-cursor`, `search-after`) may let an item jump to its
front meanwhile; so the front is looked at again in the end. Nothing comes twice: items are known by
their id, or by all they say where they have none.

    walk = Walk(operation, given)
    while walk.ask is not None:
        for item in walk.take(call(walk.ask)):
            ...
"""

from dragoman.catalog.paging.walk import Walk

__all__ = ["Walk"]
