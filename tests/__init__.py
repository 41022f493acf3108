"""Tests, a folder for each layer; run with ``make test``."""
