"""The waist of the house: everything that happened in a run, and why."""
