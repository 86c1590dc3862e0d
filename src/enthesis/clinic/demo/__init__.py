"""Two simulated clinics: invented people, walked through the same acts as real ones would be."""

from enthesis.clinic.demo.loading import is_loaded, load_demo, take_demo_snapshots

__all__ = ["is_loaded", "load_demo", "take_demo_snapshots"]
