"""Jobs beside their floors. ``python -m benchmarks`` prints ratios; no test fails on a slow day."""
