"""Sweeps: designs over levers and assumptions, each point simulated in the same worlds."""
