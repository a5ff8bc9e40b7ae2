"""The same two forms, written by the programs that people use, and read."""
