"""A source's words -> parts of a content (see `catalogue.model.content`), one module a noun; pure.

What is certain is parsed, what is not is said as a problem, and nothing is repaired: the words are kept either way.
"Không có thông tin" is unknown and gives no part; "Không quy định" and "Miễn phí" are what they say.
"""
