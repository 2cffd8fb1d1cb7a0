"""What all screens share: access, forms, words, the base template and its components."""
