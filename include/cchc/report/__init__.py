"""The consolidated report: workbook, document, PDF, manifest, and the way back from each figure."""

from cchc.report.docx import write_docx
from cchc.report.edition import Written, manifest, write_edition
from cchc.report.pdf import write_pdf
from cchc.report.rereading import rereading_document, write_rereading
from cchc.report.trace import trace
from cchc.report.xlsx import write_xlsx

__all__ = [
    "Written",
    "manifest",
    "rereading_document",
    "trace",
    "write_docx",
    "write_edition",
    "write_pdf",
    "write_rereading",
    "write_xlsx",
]
