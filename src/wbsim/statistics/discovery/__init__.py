"""Scenario discovery: boxes in the inputs of worlds that hold many of the cases of interest, and what they are worth.

`prim` peels boxes (Friedman & Fisher 1999; Bryant & Lempert 2010), `tree` grows a classification tree, `screen` leaves
away inputs that tell nothing, `retest` counts a box again in worlds that no search has seen, `reproduce` searches
resamples, `ceiling` bounds what any box could reach. `discover` puts them together. Pure functions on arrays:
`values` are of shape (inputs, worlds), `cases` (worlds,) says which worlds are of interest. Imports NumPy, SciPy and
`wbsim.statistics`; scikit-learn where a tree is grown.
"""
