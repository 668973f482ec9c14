"""Pictures, tables and the page of a sweep. Reads finished sweeps (wbsim.sweeps); nothing there imports it at its top."""
