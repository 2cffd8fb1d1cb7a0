"""The local stack: every part under var/, started and stopped as one."""
