"""Formats as tools: bytes in, plain values out. No Django, no database."""
