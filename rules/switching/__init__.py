"""The switching case (スイッチング案件): one function from a state and an event to a new state or a refusal."""
