"""Global sensitivity: which inputs an output's variance hangs on. Pure functions over arrays; no model in here.

Designs (`trajectories`, `saltelli`) are points of the unit cube; estimators take the values at them, with a last axis
of R worlds where chance was repeated. Given-data estimators (`pawn`, `neighbours`, `regression`) take any sample.
"""
