"""Venues: registered, given a QR code for each entrance, scanned in and out."""
