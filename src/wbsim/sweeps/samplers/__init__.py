"""Points in the unit cube, one file for each design: arrays (points, dimensions) that the seed alone decides."""
