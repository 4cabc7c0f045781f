"""Quotations → Clusters: candidates, verification, linkage."""

from quotealign.clustering.cluster import Linkage, cluster

__all__ = ["Linkage", "cluster"]
