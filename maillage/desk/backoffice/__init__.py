"""The screens of agents at the desk, in the Wagtail admin."""
