"""Tables, or parts of tables, whose lines are not drawn: columns from the white between words, rows from base lines."""
