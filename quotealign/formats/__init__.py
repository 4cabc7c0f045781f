"""The only room that reads or writes a user's files."""
