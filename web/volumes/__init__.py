"""集計: charts where one would rather look than count."""
