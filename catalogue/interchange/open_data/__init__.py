"""The whole catalogue as open data: plain tables, a workbook, and JSON-LD in CPSV-AP 3.2.0, each written batch by batch.

A writer takes an iterator of batches of `OpenRecord` and gives bytes as it goes; nothing is held beyond one batch.
"""
