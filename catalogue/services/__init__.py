"""Use cases: one module a noun, one function a verb; each call that writes is one transaction."""
