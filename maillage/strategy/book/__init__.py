"""The plan as a workbook that people change in a spreadsheet: what it holds (`columns`), written, read back."""
