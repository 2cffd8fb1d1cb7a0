"""Bulk files (一括処理) at the screen: sent, looked through, confirmed, followed on their way, and their results."""
