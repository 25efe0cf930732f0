"""The agents' daily tools, in the Wagtail admin."""
