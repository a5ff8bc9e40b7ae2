"""OFD written after GB/T 33190-2016, by hand and from the pages of a PDF, for tests and measurements."""
