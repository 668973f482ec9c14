"""Statistics of paired worlds: pure functions on arrays, no model, no tables, no text.

`values` are of shape (scenarios, worlds), the baseline first, in the unit of one outcome; column k is the same
world under every scenario. `better` says whether higher or lower values are better. Nothing returns NaN: what is
undefined is None. Two kinds of uncertainty are kept apart: quantiles over worlds say how much the effect may differ
(parameters, structure and chance), and do not shrink with more worlds; Monte Carlo errors and confidence intervals say
how well a figure over all possible worlds is known from so many, and do. Imports NumPy and SciPy only.
"""
