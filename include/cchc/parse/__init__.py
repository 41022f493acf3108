"""Reads a submitted workbook: who reports on what, every figure with its sheet and cell, and what is doubtful."""

from cchc.parse.arrival import arrived, not_processed, oversized
from cchc.parse.read import cell_values, read, read_file, read_many
from cchc.parse.registers import read_registers

__all__ = ["arrived", "cell_values", "not_processed", "oversized", "read", "read_file", "read_many", "read_registers"]
