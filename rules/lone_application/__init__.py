"""The application on its own (単独申請): one function from a state and an event to a new state or a refusal.

All kinds are one procedure; what differs between them is a row of :data:`rules.lone_application.kinds.KINDS`.
"""
