"""People in the loop: what waits for a person, what they decide, and the page on which they do it."""
