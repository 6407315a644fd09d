"""What may be said: classes, relations and value types of policies, and the registry that checks against them."""
