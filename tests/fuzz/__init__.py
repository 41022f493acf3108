"""Coverage-guided fuzzing of everything that looks at a sender's bytes."""
