"""How often a delivered value with a given confidence is right, and the fit behind ``normalizers/data/confidence.toml``."""
