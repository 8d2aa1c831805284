"""Frame -> altair.Chart. The only place that knows Altair; texts and number formats come in with the translator."""
