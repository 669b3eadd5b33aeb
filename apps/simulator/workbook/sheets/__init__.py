"""The sheets of the workbook, one module each; those below only refer to those above."""
