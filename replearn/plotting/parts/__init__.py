"""Parts drawn: bars, filters, words."""
