"""The screens of agents about the organisations’ space, in the Wagtail admin."""
