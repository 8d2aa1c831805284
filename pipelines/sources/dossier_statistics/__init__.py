"""Dossier statistics: the workbook of a periodic form, whose columns report_forms.yml describes instead of a source.yml."""
