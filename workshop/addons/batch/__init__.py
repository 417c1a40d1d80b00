"""Many kits from one table: a row each, built side by side on this machine or on a cluster."""
