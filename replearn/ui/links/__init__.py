"""Every state is a link: what a link carries, how it is made, how it is brought back."""
