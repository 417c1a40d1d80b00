"""The built-in kit "How AI models are made": its demos, their shared parts, and its problems."""
