"""The screens of agents for calls and applications, in the Wagtail admin."""
