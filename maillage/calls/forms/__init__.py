"""What people type, read for one verb each."""
