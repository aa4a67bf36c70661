"""Pictures: an upload read safely, its clean original kept under its digest, the sizes served."""
