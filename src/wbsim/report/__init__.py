"""Finished experiments shown to people: tables in the terminal, plots, and one self-contained HTML page.

`numbers` writes figures with their units, `palette` fixes colours, `terminal` and `notebook` make tables,
`draw` and `figures` plots, `sentences` says what a policy changes, `page` makes the report. Imports
`wbsim.tables`, `wbsim.experiments` and `wbsim.results`; nothing imports it but their lazy conveniences and
the command line.
"""
