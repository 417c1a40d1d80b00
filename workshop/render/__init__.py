"""Writers: from slides and kits with everything decided to the bytes of one file."""
