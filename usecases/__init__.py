"""What a participant or the hub operator can do, one function each; every face calls the same.

Each is ``function(request, *, actor, hub)``, with ``segment`` where a message comes to the address of one.
"""
