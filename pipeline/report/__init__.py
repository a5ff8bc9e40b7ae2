"""How far a delivery can be trusted: counts, corrections, money, what is missing, and a measured bound on silent errors."""
