"""What the studies return and plotting draws: figures with their n, interval and stamp."""
