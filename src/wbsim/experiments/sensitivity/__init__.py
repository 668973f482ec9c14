"""`wbsim sensitivity`: from scenarios to what their outcomes hang on. Estimators are in `statistics.sensitivity`."""
