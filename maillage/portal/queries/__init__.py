"""The reads that cross rooms for the pages of the portal, one module per screen."""
