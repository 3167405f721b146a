"""The program doing its own main job: the tour that a machine without a display makes, and the benchmarks."""
