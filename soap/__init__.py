"""SOAP 1.1, strictly: one adapter for the hub's face and the grid stub, made from the catalogue.

Only ``types``, ``protocol`` and ``wsdl`` know spyne; the others are free of it, so
that a client may read and write the same messages.
"""
