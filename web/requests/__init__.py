"""What people send at the screen, step by step: referrals and applications, each a form made from the catalogue."""
