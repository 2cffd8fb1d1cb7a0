"""A file of thousands of referrals, from its upload to its last row, on the running stack."""
