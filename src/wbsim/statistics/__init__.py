"""Statistics of paired worlds: pure functions on arrays, which import NumPy and SciPy only."""
