"""廃止取次判断 at the screen, step by step."""
