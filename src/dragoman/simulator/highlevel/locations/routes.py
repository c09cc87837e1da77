"""Every path of locations, of forms and surveys, and of the agency."""

from dragoman.simulator.highlevel.locations import (
    company,
    custom_fields,
    forms,
    recurring,
    settings,
    tags,
    tasks,
    templates,
    uploads,
    values,
    zones,
)

ROUTES = (
    *(*settings.ROUTES, *tags.ROUTES, *tasks.ROUTES, *recurring.ROUTES, *custom_fields.ROUTES),
    *(*uploads.ROUTES, *values.ROUTES, *zones.ROUTES, *templates.ROUTES, *forms.ROUTES),
    *company.ROUTES,
)
