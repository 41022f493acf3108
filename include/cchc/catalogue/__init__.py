"""The vocabulary: indicators, units, periods, forms and regimes, all of it data with a source."""
