"""The consolidated report: workbook, document, PDF, manifest, and the way back from each figure."""

from cchc.report.docx import mould_of, own_mould, write_docx
from cchc.report.edition import RedrawnError, Written, digest, kept_mould, manifest, write_edition
from cchc.report.extract import file_name as extract_name
from cchc.report.extract import write_extract
from cchc.report.mould import MouldError
from cchc.report.pdf import write_pdf
from cchc.report.rereading import rereading_document, write_rereading
from cchc.report.trace import trace
from cchc.report.xlsx import write_xlsx

__all__ = [
    "MouldError",
    "RedrawnError",
    "Written",
    "digest",
    "extract_name",
    "kept_mould",
    "manifest",
    "mould_of",
    "own_mould",
    "rereading_document",
    "trace",
    "write_docx",
    "write_edition",
    "write_extract",
    "write_pdf",
    "write_rereading",
    "write_xlsx",
]
