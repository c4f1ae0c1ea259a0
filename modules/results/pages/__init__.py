"""The pages of result release."""
