"""Records that cross stages. Frozen values; no behaviour beyond what their fields imply."""
