"""Tests of wbsim; a package, so that no other package's folder of that name is taken for it."""
