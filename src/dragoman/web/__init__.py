"""The service's own doors: webhooks from outside, and a small API on loopback for the commands.

What there is:

    desk          what a person may ask of a workspace that is open for writing
    states        what flows there are, and how their runs stand
    doors         who may come in where, on the one port
    receiver      webhooks, from the request to the disk
    load          how much of them is in hand
    readiness     whether work may be sent here
    api           the ways in as one application
    ways          every way in: who may use it, what it takes, what it answers
    doorman       who may come in: the right host name, a token
    visitors      who has come in, and what its scopes cover
    calling       one call, asked for over HTTP
    outcomes      how a call came out that changes something
    shelf         the catalogue over HTTP
    bodies        bodies and headers of requests, read with bounds
    openapi       all of it as an OpenAPI document
    problems      errors as RFC 9457 says them
    registration  where a running service is found: `.dragoman/service.json`
    remote        the desk of a running service, asked over loopback
    desks         the desk of a folder: the running service's, or one of our own
    listener      the HTTP server
    protocol      its bounds on what comes before a request
"""
