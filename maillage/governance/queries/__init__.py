"""Reads of the room: bodies and members, meetings and their papers, actions and decisions that are followed."""
