"""Running demos: side by side, each once, kept by digest."""
