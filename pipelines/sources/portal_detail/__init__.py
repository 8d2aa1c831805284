"""The national portal's detail pages, one JSON object a line: each page as text without its borders, and as columns."""
