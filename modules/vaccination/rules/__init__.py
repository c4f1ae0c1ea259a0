"""Pure rules of vaccination, a file for each subject."""
