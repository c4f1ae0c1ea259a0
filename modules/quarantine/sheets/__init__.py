"""The lists of quarantine."""
