"""Sources that are fetched: their settings, the harvests, and the trial of one record."""
