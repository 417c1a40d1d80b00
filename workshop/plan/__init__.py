"""From content and findings to a kit: numbers filled in, exhibits found, claims tested, slides arranged, clock set."""
