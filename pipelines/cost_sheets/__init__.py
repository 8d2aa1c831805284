"""Cost sheets from a workbook in the shape of form 03/SCM-KSTT: read whole, every fault named by sheet, row and column."""
