"""The cells of an .xlsx as Excel stored them, read as a stream by a process of its own; standard library only.

What a cell holds and what it is (a formula, an error), which rows and columns are hidden, which cells are merged.
Nothing is computed, opened or written.
"""
