"""Files made to hurt, written on the spot: none is stored."""
