"""One command a module; each is imported only when it is called, so that --help starts at once."""
