"""Reports compared part by part with committed ones."""
