"""What processes say to each other through Temporal: names, inputs and results. Nothing heavy behind them."""
