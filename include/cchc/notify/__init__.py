"""The reply to the sender: the own workbook with every fault marked in it, and a receipt."""

from cchc.notify.receipt import receipt
from cchc.notify.returned import returned_workbook

__all__ = ["receipt", "returned_workbook"]
