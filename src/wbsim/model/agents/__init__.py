"""The agents of the region: governments, publics and external powers; each holds its state in R worlds at once."""
