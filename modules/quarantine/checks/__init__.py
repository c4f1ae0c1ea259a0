"""What the verbs of quarantine ask before they write."""
