"""Who gets in: passwords, guessing, the second factor, open sessions, single sign-on."""
