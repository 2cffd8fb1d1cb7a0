"""A database with as many cases as a busy hub has after years: made within minutes, to be looked at and measured."""
