"""Documents that leave the house: reports, reminder letters, digests. They say what services found, in official form."""
