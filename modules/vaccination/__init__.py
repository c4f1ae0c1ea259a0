"""Vaccination: registrations, sessions, screening, vials, doses, reactions, what is due next."""
