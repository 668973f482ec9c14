"""The records that code, documents, reports and the command line all read: one record for each thing.

Holds states, domains, parameters, outcomes, mechanisms with their levers, structural variants, structural
alternatives and dated events.
Imports nothing of wbsim but `wbsim.errors`, and nothing heavier than the standard library.
"""
