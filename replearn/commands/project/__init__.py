"""What those who make the project need: what ships, its checksums, licences."""
