"""Calibration: from published figures and event rates to posterior draws, and predictions of figures not fitted.

`targets` and `rates` say what is fitted to, `hindcast` and `free_run` simulate it, `attitudes` and `events` find the
posterior of their blocks, `fit` does both and writes what `store` reads; `predict`, `validate` and `leave_out` test
it, `page` draws it. Imports the model, `wbsim.instruments` and `wbsim.inference`; nothing of the model imports it.
"""
