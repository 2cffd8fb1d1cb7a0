"""Records of reads and changes (記録): sealed, proved, searched and counted. How one is made: :mod:`models.reads`."""
