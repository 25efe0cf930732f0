"""Promises that both the SQL of the marts and the Python of the rooms above keep: rule, numbers, columns."""
