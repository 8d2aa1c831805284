"""How much of a workbook is read."""

from dataclasses import dataclass

MAX_ROWS = 200_000
MAX_CELLS = 5_000_000  # with the empty ones before the last of each row
MAX_TEXT = 100_000_000
MEMORY = 1_000_000_000
EXCEL_ROWS = 1_048_576
EXCEL_COLUMNS = 16_384


class BadWorkbook(ValueError):
    """The parts do not make a workbook."""


@dataclass
class Budget:
    """What may still be read of a workbook."""

    rows: int
    cells: int
    text: int

    def spend(self, *, rows: int = 0, cells: int = 0, text: int = 0) -> None:
        """Count what was read.

        Raises: OverflowError when there are too many rows, MemoryError when there is too much in them.
        """
        self.rows -= rows
        self.cells -= cells
        self.text -= text
        if self.rows < 0:
            raise OverflowError
        if self.cells < 0 or self.text < 0:
            raise MemoryError
