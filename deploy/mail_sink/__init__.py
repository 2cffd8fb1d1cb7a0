"""A mail server of the local stack that sends nothing on: mails become files, and can be read in the browser."""
