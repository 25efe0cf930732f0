"""What people type of grants, as verbs take it."""
