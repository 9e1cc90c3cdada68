"""The studies as tools of the Model Context Protocol, served beside the page by `--mcp`."""
