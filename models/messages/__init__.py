"""The retailers' messages: stored before they are acted on, each with one identity and one final answer."""
