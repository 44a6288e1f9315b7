"""Pages for a browser that need no network: one file each, with its style and pictures inside."""
