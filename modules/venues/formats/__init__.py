"""The words of venues as lists write them, a file for each subject."""
