"""The shared vocabulary: frozen data that the steps pass on to each other."""
