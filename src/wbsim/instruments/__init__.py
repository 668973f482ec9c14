"""What surveys asked and what was published: questions, surveys, figures and event rates, from files users edit.

`question`, `survey`, `figure`, `rate` are the records; `catalogue` holds what calibration/questions.toml says,
`match` binds a published row to a question, `bind` puts every row into a `register`; `fieldwork` reads dates;
`load` finds and reads the files, each with all its errors at once. Imports `wbsim.tables`, `wbsim.errors` and
the file readers of `wbsim.scenario`; nothing that simulates, and nothing of the numerical libraries.
"""
