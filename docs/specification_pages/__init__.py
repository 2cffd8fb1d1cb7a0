"""The documents of the terms §12.1 as pages, made from the catalogue, the rules and the code.

Each module makes one kind of page; ``building`` knows them all, and ``python -m docs.specification_pages``
(``make docs``) writes them to ``docs/specification``.
"""
