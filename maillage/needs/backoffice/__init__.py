"""The screens of agents about needs and themes, in the Wagtail admin."""
