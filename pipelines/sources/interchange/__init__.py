"""The catalogue's own format of exchange, as `catalogue.interchange` writes it and a ministry fills it in."""
