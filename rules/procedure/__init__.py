"""What every procedure (手続き) has in common, be it a switching case or an application on its own (単独申請)."""
