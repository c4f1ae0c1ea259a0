"""The pages of venues."""
