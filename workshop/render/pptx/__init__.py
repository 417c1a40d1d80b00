"""The deck: a real master, real layouts, native charts, tables and shapes."""
