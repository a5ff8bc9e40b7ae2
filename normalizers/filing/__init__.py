"""Who files a form, where the form itself does not say so."""
