"""The switching cases: read model, history (案件履歴) and applications, one transaction a step."""
