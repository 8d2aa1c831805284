"""The records of the national portal's API, one JSON object a procedure."""
