"""The curation space: cases, people and organisations, imports, links."""
