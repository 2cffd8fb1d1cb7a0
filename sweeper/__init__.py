"""The process that sees to it that nothing stored is left lying: delivers, listens to grid operators, alarms."""
