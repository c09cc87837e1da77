"""Act-On, pretended. One module a resource: its `ROUTES` say what it serves."""
