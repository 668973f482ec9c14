"""Results kept: arrays streamed to disk, one hash over all of them, the record of how they came to be.

`layout` names the axes, `chunk` carries finished worlds, `hash` condenses them, `store` writes them block by
block, `folder` makes the results folder, `record` says how to get the same results again, `open` reads them
back. Imports `wbsim.tables` and `wbsim.scenario`; knows nothing of how worlds are simulated or shown.
"""
