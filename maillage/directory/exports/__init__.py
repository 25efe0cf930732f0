"""What leaves the directory as a file: tables, GeoJSON, visiting cards, linked data. Writers only, no reads."""
