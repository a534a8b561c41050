"""What can go wrong with the embedded PostgreSQL."""


class ClusterError(Exception):
    """The cluster cannot be made, started or reached; the message says why and what to do."""
