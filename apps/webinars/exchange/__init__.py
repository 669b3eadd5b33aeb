"""Cases, people and organisations as files: YAML as ``fixtures/content/webinars`` has it, and a spreadsheet."""
