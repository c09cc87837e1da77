"""Both vendors, pretended on loopback: real HTTP, tokens, limits and quirks, faults on demand.

It shares no code with the clients, so that an error in one shows as a disagreement with the other.

    exchange    one request and its answer, as plain values
    routes      which handler answers which path
    world       everything the pretended vendors know, in one place
    gate        HTTP in and out, where faults strike
    highlevel/  HighLevel, one module a resource
    acton/      Act-On, one module a resource
    generic/    whatever has no module, answered as the catalogue's files declare
    webhooks/   HighLevel's signed webhooks, and what goes wrong on their way
    control/    the back door: credentials, contacts, faults, settings, a page for people
    simulators  the three servers, started and stopped together
"""

from dragoman.simulator.addresses import Addresses
from dragoman.simulator.settings import SimulatorSettings
from dragoman.simulator.simulators import Simulators
from dragoman.simulator.world import World

__all__ = ["Addresses", "SimulatorSettings", "Simulators", "World"]
