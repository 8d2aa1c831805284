"""The national administrative-procedure catalogue and simplification tracker, without a screen.

app.py (server) -> pages/ (screens) -> catalogue/services (use cases) -> catalogue/model (rules) + catalogue/store (SQL).
pipelines/ (outside data) -> catalogue/services. Nothing imports pages.

bootstrap     start / current / close: the only wiring and the only singleton
settings      the only reader of the environment
errors        one root of errors; `code` is also the key of the message on screen
text          NFC, folding for search
working_days  the civil day in Asia/Ho_Chi_Minh, Vietnamese working days
model         rules: standard library only, no I/O
services      one module a noun, one function a verb; each call one transaction
store         DuckDB, migrations, guards, named SQL files
interchange   procedures as the workbook, CSV or JSON lines that a ministry fills in and sends back
charts        frame -> altair.Chart -> PNG and SVG files, offline
api           routes beside the screens
i18n          vi.yml, en.yml, numbers and dates
reference     YAML that people edit: agencies, fields, programmes, published figures, targets, indicators
demo          a seeded demonstration dataset whose totals are the published figures
"""
