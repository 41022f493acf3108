"""The workbook that a unit fills in, written from the catalogue, so that form and reader cannot disagree."""

from cchc.template.issue import issue
from cchc.template.layout import address
from cchc.template.registers import issue_registers

__all__ = ["address", "issue", "issue_registers"]
