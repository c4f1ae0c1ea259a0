"""The command line over the same contract as the window."""
