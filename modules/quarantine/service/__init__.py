"""What people do in quarantine, a file for each subject."""
