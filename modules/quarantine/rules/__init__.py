"""Pure computation of quarantine: the clock, who fits where, what a round says."""
