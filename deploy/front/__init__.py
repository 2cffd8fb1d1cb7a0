"""The front (Envoy): what stands between the callers and the hub's own processes."""
