"""Small forms in which something is hidden, stamped over, run over its cell, filled in or mapped oddly, and forms that only look so."""
