"""Small workbooks that tests write themselves."""

from collections.abc import Mapping, Sequence
from functools import cache
from io import BytesIO

import openpyxl

HEADER = (
    "Mã số",
    "Tên",
    "Cơ quan ban hành",
    "Cơ quan thực hiện",
    "Lĩnh vực",
)  # of the national portal's list


def workbook(sheets: Mapping[str, Sequence[Sequence[object]]]) -> bytes:
    """The bytes of an .xlsx: each sheet by its name, row by row."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    target = BytesIO()
    book.save(target)
    return target.getvalue()


@cache
def portal_list(*rows: tuple[object, ...]) -> bytes:
    """A list as the national portal exports it: a title, the header, the rows; the same bytes for the same rows."""
    return workbook({"Danh mục": [["DANH SÁCH THỦ TỤC HÀNH CHÍNH"], HEADER, *rows]})
