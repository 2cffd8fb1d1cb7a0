"""The people who use the screens: who they are, how they log in, and their sessions."""
