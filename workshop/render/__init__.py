"""Writers: each turns a laid-out kit into the bytes of one file."""
