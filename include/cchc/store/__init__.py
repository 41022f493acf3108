"""Where things are kept: the warehouse, the raw store, the SQL files. Primitives only, no decisions."""
