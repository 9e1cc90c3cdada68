"""Any model of OpenCLIP: how it is found, opened and asked."""
