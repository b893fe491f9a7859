"""Allmenning: one shared digital infrastructure for Norway's libraries."""

__version__ = "0.1.0"
