"""« Se situer sans se dévoiler »: an association beside the published quarters of its group (``confidentiality.md``)."""
