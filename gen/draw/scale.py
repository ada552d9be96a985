"""From virtual time to a place on the picture, and the other words for time: ticks and how a time is written."""

from __future__ import annotations

from dataclasses import dataclass

from gen.views.model import Break, Micros

WHOLE = 10_000  # positions are ten-thousandths of the plot's width
MILLISECOND, SECOND, MINUTE, HOUR = 1_000, 1_000_000, 60_000_000, 3_600_000_000
STEPS = tuple(
    step * unit
    for unit, steps in (
        (MILLISECOND, (1, 2, 5, 10, 20, 50, 100, 200, 500)),
        (SECOND, (1, 2, 5, 10, 20, 30)),
        (MINUTE, (1, 2, 5, 10, 20, 30)),
        (HOUR, (1, 2, 5, 10, 24, 48, 120)),
    )
    for step in steps
)
LABEL_PX = 58  # the room that a tick's label needs
BREAK_PX = 40


@dataclass(frozen=True, slots=True)
class Scale:
    """Virtual time on a plot that is `width` pixels wide, or was thought to be: a page may stretch it.

    Breaks take a fixed width; inside of one, time still goes forward, only much faster.
    """

    start: Micros
    end: Micros
    breaks: tuple[Break, ...]
    width: int

    @property
    def drawn_us(self) -> Micros:
        """The time that is drawn at full length."""
        return self.end - self.start - sum(cut.end - cut.start for cut in self.breaks)

    @property
    def break_share(self) -> int:
        """The width of one break, in ten-thousandths."""
        return min(BREAK_PX * WHOLE // self.width, WHOLE // (2 * len(self.breaks) or 1)) if self.breaks else 0

    def position(self, at: Micros) -> int:
        """Where a time lies, in ten-thousandths of the width; times outside lie at the edges."""
        at = min(max(at, self.start), self.end)
        room = WHOLE - self.break_share * len(self.breaks)
        shares, drawn = 0, at - self.start
        for cut in self.breaks:
            if at >= cut.end:
                shares, drawn = shares + self.break_share, drawn - (cut.end - cut.start)
            elif at > cut.start:
                shares += self.break_share * (at - cut.start) // (cut.end - cut.start)
                drawn -= at - cut.start
        return shares + room * drawn // max(self.drawn_us, 1)

    def px(self, at: Micros) -> int:
        """Where a time lies, in pixels of the plot as it was thought to be."""
        return self.position(at) * self.width // WHOLE

    def pieces(self, start: Micros, end: Micros) -> list[tuple[Micros, Micros]]:
        """The parts of a stretch that lie outside of the breaks."""
        found, since = [], start
        for cut in self.breaks:
            if cut.start < end and cut.end > since:
                found += [(since, cut.start)] if cut.start > since else []
                since = max(since, cut.end)
        return [*found, (since, end)] if since < end else found

    def ticks(self) -> list[Micros]:
        """Round times outside of the breaks, as many as their labels leave room for."""
        room = self.width - self.break_share * len(self.breaks) * self.width // WHOLE
        most = max(room // LABEL_PX, 1)
        step = next((step for step in STEPS if self.drawn_us <= step * most), STEPS[-1])
        first = -(-self.start // step) * step
        found: list[Micros] = []
        for start, end in self.pieces(self.start, self.end):
            tick = max(first, -(-start // step) * step)
            while tick <= end:
                if not found or self.px(tick) - self.px(found[-1]) >= LABEL_PX * 3 // 4:
                    found.append(tick)
                tick += step
        return found


def spoken(micros: Micros) -> str:
    """A time in as few digits as it has: `0.4 s`, `12 s`, `1 min 20 s`, `25 ms`."""
    if 0 < micros < 100 * MILLISECOND:
        return f"{_digits(micros, MILLISECOND)} ms"
    minutes, rest = divmod(micros, MINUTE)
    if minutes < 1:
        return f"{_digits(micros, SECOND)} s"
    hours, minutes = divmod(minutes, 60)
    parts = (
        ([f"{hours} h"] if hours else [])
        + ([f"{minutes} min"] if minutes else [])
        + ([f"{_digits(rest, SECOND)} s"] if rest else [])
    )
    return " ".join(parts)


def exact(micros: Micros) -> str:
    """A time in four digits, for columns and the playhead: `0.053 s`, `27.10 s`, `1 min 20.35 s`."""
    if micros < 10 * SECOND:
        return f"{micros // SECOND}.{micros % SECOND // MILLISECOND:03d} s"
    minutes, rest = divmod(micros // 10_000, 6_000)
    seconds = f"{rest // 100}.{rest % 100:02d} s"
    return f"{minutes} min {seconds}" if minutes else seconds


def _digits(micros: Micros, unit: Micros) -> str:
    whole, rest = divmod(micros, unit)
    thousandths = f"{rest * 1000 // unit:03d}".rstrip("0")
    return f"{whole}.{thousandths}" if thousandths else str(whole)
