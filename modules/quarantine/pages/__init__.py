"""The pages of quarantine."""
