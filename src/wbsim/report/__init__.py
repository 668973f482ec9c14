"""Finished experiments shown to people: tables in the terminal, plots, and one self-contained HTML page.

`numbers` writes figures with their units, `palette` fixes colours, `terminal` and `notebook` make tables,
`draw`, `draw_map`, `draw_dyads` and `figures` plots, `sentences` says what a policy changes, `sections` makes the
parts of the report, `page` puts them together, `publish` writes it with its figures. Imports
`wbsim.tables`, `wbsim.experiments` and `wbsim.results`; nothing imports it but their lazy conveniences and
the command line.
"""
