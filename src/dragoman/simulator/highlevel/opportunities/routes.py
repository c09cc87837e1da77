"""Every path of opportunities."""

from dragoman.simulator.highlevel.opportunities import opportunities, pipelines, search

ROUTES = (*pipelines.ROUTES, *search.ROUTES, *opportunities.ROUTES)
