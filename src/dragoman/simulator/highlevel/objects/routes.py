"""Every path of objects, their fields and records, associations, relations and businesses."""

from dragoman.simulator.highlevel.objects import (
    associations,
    businesses,
    entries,
    fields,
    folders,
    relations,
    schemas,
    search,
)

ROUTES = (
    *(*schemas.ROUTES, *fields.ROUTES, *folders.ROUTES, *entries.ROUTES, *search.ROUTES),
    *(*associations.ROUTES, *relations.ROUTES, *businesses.ROUTES),
)
