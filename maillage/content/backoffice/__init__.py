"""The back office of the room; texts are written in Wagtail's page editor."""
