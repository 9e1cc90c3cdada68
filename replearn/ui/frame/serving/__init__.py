"""What reaches the browser: files that may be served, each written once, and below which prefix."""
