"""CCHC: collects, checks, adds up and reports public administration reform in a Vietnamese province."""

__version__ = "0.1.0"
