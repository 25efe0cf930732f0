"""Tables ready for use, one SQL file each, checked against their contract before they are published."""
