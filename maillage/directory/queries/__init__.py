"""The reads of the directory, one module per screen or reader."""
