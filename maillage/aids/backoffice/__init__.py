"""The back office of the room."""
