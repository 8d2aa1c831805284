"""The catalogue's own format of exchange: a workbook for people, CSV and JSON lines for programs; written here.

`pipelines.sources.interchange` reads it back: what is exported and imported again changes nothing.
"""
