"""SKM: the service by which a city hears its citizens (Survei Kepuasan Masyarakat)."""

__version__ = "0.1.0"
