"""Topics that a machine finds, and how they lie to the codebook."""
