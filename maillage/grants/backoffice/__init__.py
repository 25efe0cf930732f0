"""Grants as agents work at them, under /gestion/subventions/."""
