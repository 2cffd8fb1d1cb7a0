"""How a retailer's administrator looks after its people: list, registration, rights, passwords."""
