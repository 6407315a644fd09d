"""What single questions take and answer over HTTP, a module each."""
