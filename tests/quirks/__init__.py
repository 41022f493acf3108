"""One workbook for each quirk of what offices send, with the reading that is expected of it (``cases.csv``)."""
