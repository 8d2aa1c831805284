"""Version 1 of the API: one module a resource, each with its parameters, its rows and its routes."""
