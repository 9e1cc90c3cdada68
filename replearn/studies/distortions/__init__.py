"""What does it take to change its mind? Pictures and data sets over the levels of distortions."""
