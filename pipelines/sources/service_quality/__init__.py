"""Decision 766 scores of provinces, departments and communes, as the national portal exports them in one workbook."""
