"""The sites an entry speaks of. The catalogue of sites is closed, so that a spinal warning meets every spinal site."""

from dataclasses import dataclass

from enthesis.knowledge import Region, Site


@dataclass(frozen=True)
class Where:
    """Conditions a site must meet, all of them; none means every site."""

    regions: tuple[Region, ...] = ()
    spinal: bool | None = None
    joint: bool | None = None

    def covers(self, site: Site) -> bool:
        """Does the entry speak of this site?"""
        return (
            (not self.regions or site.about.region in self.regions)
            and self.spinal in (None, site.about.spinal)
            and self.joint in (None, site.about.joint)
        )

    @property
    def everywhere(self) -> bool:
        """Does the entry speak of every site?"""
        return self == EVERYWHERE


EVERYWHERE = Where()
