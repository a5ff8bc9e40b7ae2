"""One form in every format that is read: the same tables, fields and findings come of it, but for places and origins."""
