"""Reads a workbook of registers (Sổ theo dõi); the same safe readers as for submissions, no formula is executed."""

from cchc.parse.registers.workbook import read_registers

__all__ = ["read_registers"]
