"""The simulated region: agents that live in R parallel worlds at once, the rules they follow, and their chance.

`rules` holds pure functions tagged with their equations, `kernels` the compiled citizens and random numbers,
`agents` and `mechanisms` the Mesa agents that call them, `region` the Mesa model and `simulate` the way in.
`questionnaire` puts the questions of surveys to the citizens, `interviews` each in its month. Imports
`wbsim.tables`, `wbsim.scenario`, `wbsim.instruments` and `wbsim.chance`; nothing that runs, compares or reports.
"""
