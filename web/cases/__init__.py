"""The list of cases, its CSV, and the page of one."""
