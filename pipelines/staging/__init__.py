"""Sources as received, with our column names and types."""
