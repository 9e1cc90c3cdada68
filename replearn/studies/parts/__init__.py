"""What each part of a network encodes: heads, channels, filters, units, and words for them."""
