"""The questions as tools of the Model Context Protocol, so that an assistant can ask them."""
