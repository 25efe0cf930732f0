"""Reads of the ground: the chain of the journal."""
