"""The consolidated report: workbook, document, PDF, manifest, and the way back from each figure."""

from cchc.report.trace import trace
from cchc.report.xlsx import write_xlsx

__all__ = ["trace", "write_xlsx"]
