"""Is the model's cooperation what is observed of it? Ranks by state and dyad, predicted scores, and growth.

Stands on the calibration and the model; the command line imports it. Nothing here is fitted to.
"""
