"""Sound MARC records broken on purpose, in the ways real ones are. Knows nothing of the readers it is to try."""
