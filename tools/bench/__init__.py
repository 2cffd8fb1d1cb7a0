"""Benchmarks of the SOAP face: the hub beside the least that could do the same, in one run (``make bench-soap``)."""
