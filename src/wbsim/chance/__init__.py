"""Chance: numbers that depend on nothing but seed, world, month, stream, agent and index, and draws of parameters."""
