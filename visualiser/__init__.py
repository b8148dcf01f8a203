"""Training Visualiser: a desktop laboratory for training and for data quality."""

__version__ = "0.1.0"
