"""Pictures, tables and the page of a sweep. Reads finished sweeps; they load it when it is used."""
