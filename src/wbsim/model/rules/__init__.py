"""The rules as pure functions over arrays, tagged with their equations; they know no agents and hold no state."""
