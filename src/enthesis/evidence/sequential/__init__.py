"""A living review looked at again and again: how strong evidence must be at each look, and how much would be enough."""

from enthesis.evidence.sequential.boundaries import boundaries, spent
from enthesis.evidence.sequential.looking import Look, Sequential, sequential

__all__ = ["Look", "Sequential", "boundaries", "sequential", "spent"]
