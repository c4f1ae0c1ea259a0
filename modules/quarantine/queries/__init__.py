"""Questions about quarantine, a file for each subject."""
