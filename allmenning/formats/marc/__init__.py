"""MARC in its dresses: ISO 2709, MARCXML, MarcXchange; MARC 21 and NORMARC."""
