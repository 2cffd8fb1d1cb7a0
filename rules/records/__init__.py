"""Records of reads and changes (記録): how they are sealed, and whether they still are what was sealed."""
