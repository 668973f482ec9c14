"""Inference: from published figures and a simulator to posterior draws, and what was learnt.

Everything here works on arrays and callables in a space of D unconstrained coordinates with independent standard
normal priors; nothing knows what is simulated, asked or read from disk. `observation`, `multinomial` and
`likelihood` say how figures scatter, `levels` integrates out what is linear, `history` screens, `esmda`, `emulator`
and `smc` find the posterior, `ensemble_sampler` and `split` check it, `contraction`, `identify`, `scores`,
`diagnostics` and `sbc` judge it. Imports NumPy, SciPy and nothing else of wbsim. Formulas and sources:
`docs/inference.md`.
"""
