"""Pure rules of venues, a file for each subject."""
