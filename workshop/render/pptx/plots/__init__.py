"""Native plots, one module per kind of chart."""
