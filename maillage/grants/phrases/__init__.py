"""French wording of the room, by subject."""
