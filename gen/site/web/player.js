// The player of a figure: one playhead for all of its views.
//
// The build draws every figure with Python, at one step, and writes beside it what changes in it: for each element that
// carries `data-k` a row of tracks, [attribute, step, value, step, value, …]. What stands at a step follows from the step
// alone, so going back is the same as going forth. Nothing is drawn here.

const SHORTEST_MS = 550;
const LONGEST_MS = 1500;
const US_A_MS = 2000; // virtual microseconds that take a millisecond more of the reader's time
const MOTION_MS = 220;
const TEXT = '#text';
const KEYS = {ArrowLeft: 'back', ArrowRight: 'forward', Home: 'first', End: 'last', ' ': 'toggle', w: 'why', e: 'edit'};
const ELSEWHERE = {'\u3148': 'w', '\u3137': 'e', KeyW: 'w', KeyE: 'e'}; // where a keyboard writes Hangul
const MORE = ['why', 'edit', 'link', 'download']; // what needs more than this file
const TYPED_INTO = 'select, textarea, input:not([type=range])';
const PRESSED = 'button, summary, a';
const ASKED = '.kim-do-edit, .kim-command'; // whoever comes near these will want to run something

/** The value of a track at a step: the last one whose step has come; null before the first. */
export function valueAt(keys, step) {
  let low = 0;
  let high = keys.length / 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (keys[2 * middle] <= step) low = middle + 1;
    else high = middle;
  }
  return low ? keys[2 * low - 1] : null;
}

function put(element, name, value) {
  if (name === TEXT) element.textContent = value ?? '';
  else if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? '' : value);
}

export class Player {
  constructor(figure) {
    this.figure = figure;
    this.name = figure.id.replace(/^kim-/, '');
    this.timer = 0;
    this.onMove = null;
    this.listen();
    this.take();
    figure.classList.add('kim-live');
    figure.tabIndex = -1; // a click anywhere inside is enough for the keys
    new ResizeObserver(() => this.settle()).observe(figure); // at first, when a phone is turned, when it is unfolded
  }

  /** Take over what stands in the figure: its film and its controls. */
  take() {
    const {figure} = this;
    const film = JSON.parse(figure.querySelector('script.kim-film').textContent);
    this.times = film.times;
    this.step = film.at;
    this.tracks = [];
    for (const element of figure.querySelectorAll('[data-k]')) {
      for (const [name, ...keys] of film.rows[element.dataset.k]) {
        this.tracks.push({element, name, keys, now: valueAt(keys, film.at)});
      }
    }
    this.controls = figure.querySelector('.kim-bar-row');
    this.slider = figure.querySelector('.kim-slider');
    this.playButton = figure.querySelector('.kim-do-play');
    this.controls.hidden = false;
    const prompt = figure.querySelector('.kim-command'); // not where several runs are compared
    if (prompt) prompt.hidden = false;
    this.slider.addEventListener('input', () => this.goBy(Number(this.slider.value)));
    const sentence = figure.querySelector('.kim-moment');
    this.slider.addEventListener('focus', () => sentence.setAttribute('aria-live', 'off')); // the slider says it itself
    this.slider.addEventListener('blur', () => sentence.setAttribute('aria-live', 'polite'));
  }

  get last() {
    return this.times.length - 1;
  }

  /** When it is now, in microseconds. */
  get time() {
    return this.times[this.step] ?? 0;
  }

  /** Which of the steps of this very moment it is, from 0. */
  get nth() {
    return Math.max(this.step - this.times.indexOf(this.time), 0);
  }

  listen() {
    const {figure} = this;
    figure.addEventListener('click', (event) => this.clicked(event));
    figure.addEventListener('keydown', (event) => this.pressed(event));
    figure.addEventListener('submit', (event) => {
      event.preventDefault();
      this.more().then((bench) => bench.prompt.enter());
    });
    for (const kind of ['pointerover', 'focusin']) {
      figure.addEventListener(kind, (event) => {
        if (event.target.closest(ASKED)) this.more().then((bench) => bench.expect());
      });
    }
  }

  /** The workbench, with all that is more than stepping: fetched when it is first asked for. */
  more() {
    this.bench ??= import('./bench.js').then((module) => module.open(this)).catch((failure) => {
      this.bench = null; // the next one who asks tries again
      throw failure;
    });
    return this.bench;
  }

  /** A reader goes somewhere: what was playing stops. */
  goBy(step) {
    this.pause();
    this.go(step);
    this.more().then((bench) => bench.bookmark.keep(), () => {}); // who only steps needs no connection
  }

  /** To a moment: the step that was the last one by then, or the `nth` behind the first one of that very moment. */
  goTo(time, nth = 0) {
    const first = this.times.indexOf(time);
    const last = this.times.findLastIndex((one) => one <= time);
    this.go(first < 0 ? last : Math.min(first + nth, last));
  }

  first() { this.goBy(0); }
  back() { this.goBy(this.step - 1); }
  forward() { this.goBy(this.step + 1); }
  toEnd() { this.goBy(this.last); }

  /** Show a step. */
  go(step) {
    const wanted = Math.min(Math.max(step, 0), this.last);
    const moved = wanted !== this.step;
    this.step = wanted;
    if (moved) {
      for (const track of this.tracks) {
        const value = valueAt(track.keys, wanted);
        if (value !== track.now) put(track.element, track.name, value);
        track.now = value;
      }
      this.move();
      this.onMove?.();
    }
    this.settle();
    if (moved) this.follow();
  }

  /** A ladder is taller than the window: while it is what one looks at, the line of the moment stays in sight. */
  follow() {
    const ladder = this.figure.querySelector('.kim-rungs');
    const line = ladder?.querySelector('.kim-now');
    const frame = ladder?.getBoundingClientRect();
    if (!line || frame.top > innerHeight / 2 || frame.bottom < innerHeight / 2) return;
    const place = line.getBoundingClientRect();
    const top = this.figure.querySelector('.kim-ladder-head').getBoundingClientRect().bottom;
    const bottom = this.controls.closest('.kim-deck').getBoundingClientRect().top;
    const by = place.top < top ? place.top - top - 40 : place.bottom > bottom ? place.bottom - bottom + 40 : 0;
    if (by) scrollBy({top: by, behavior: 'instant'});
  }

  /** What does not follow from a track: the slider's place, and that the moment is in sight in every view. */
  settle() {
    this.slider.value = this.step;
    const moment = [...this.figure.querySelectorAll('.kim-moment > *')].map((part) => part.textContent);
    if (this.times.length) this.slider.setAttribute('aria-valuetext', moment.join(': '));
    for (const button of this.controls.querySelectorAll('[data-do]')) {
      const end = {first: 0, back: 0, forward: this.last, last: this.last}[button.dataset.do];
      button.setAttribute('aria-disabled', String(end === this.step));
    }
    for (const box of this.figure.querySelectorAll('.kim-box')) within(box, box.querySelector('.kim-now'), 'top', 'bottom');
    for (const box of this.figure.querySelectorAll('.kim-scroll')) within(box, box.querySelector('.kim-here'), 'left', 'right');
  }

  /** Motion along the arrows of this step, for those who like it. */
  move() {
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    const dashes = {call: ['1', 1, 0], refused: ['1', 1, 0], watch: ['6 4', 20, 0]};
    for (const [kind, [strokeDasharray, from, to]] of Object.entries(dashes)) {
      for (const wire of this.figure.querySelectorAll(`.kim-view .kim-wire.kim-${kind}[data-k]`)) {
        wire.animate(
          [{strokeDasharray, strokeDashoffset: from}, {strokeDasharray, strokeDashoffset: to}],
          {duration: MOTION_MS, easing: 'ease-out'},
        );
      }
    }
  }

  clicked(event) {
    const button = event.target.closest('[data-do]');
    if (button) return this.act(button.dataset.do);
    const thing = event.target.closest('[data-steps]');
    if (!thing || event.target.closest('.kim-sheet')) return undefined;
    this.goBy(this.stepOf(thing));
    this.more().then((bench) => bench.explain(event.target));
    return this.slider.focus({preventScroll: true});
  }

  /** The step of a thing that tells how it came to be as it is; where that is told already, its next one. */
  stepOf(thing) {
    const steps = thing.dataset.steps.split(',').map(Number);
    const again = this.clickedLast === thing;
    this.clickedLast = thing;
    if (again) return steps.find((step) => step > this.step) ?? steps[0];
    return steps.findLast((step) => step <= this.step) ?? steps[0];
  }

  pressed(event) {
    const deed = KEYS[ELSEWHERE[event.key === 'Process' ? event.code : event.key] ?? event.key];
    if (!deed || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.target.closest(TYPED_INTO) || (event.key === ' ' && event.target.closest(PRESSED))) return;
    event.preventDefault();
    this.act(deed);
  }

  act(deed) {
    if (MORE.includes(deed) && !this.figure.querySelector(`.kim-do-${deed}`)) return;
    const deeds = {first: this.first, back: this.back, forward: this.forward, last: this.toEnd};
    if (MORE.includes(deed)) this.more().then((bench) => (deed === 'why' ? bench.explain() : bench[deed]()));
    else (deeds[deed] ?? this.toggle).call(this);
  }

  toggle() {
    if (this.timer) return this.pause();
    if (this.step === this.last) this.go(0);
    this.show(true);
    return this.wait();
  }

  wait() {
    const gap = (this.times[this.step + 1] - this.times[this.step]) / US_A_MS;
    const speed = Number(this.controls.querySelector('.kim-speed').value);
    this.timer = setTimeout(() => {
      this.go(this.step + 1);
      if (this.step === this.last) this.pause();
      else this.wait();
    }, Math.min(SHORTEST_MS + gap, LONGEST_MS) / speed);
  }

  pause() {
    clearTimeout(this.timer);
    this.timer = 0;
    this.show(false);
  }

  /** The button says what it would do now. */
  show(playing) {
    const word = playing ? this.playButton.dataset.pause : this.playButton.dataset.play;
    this.playButton.classList.toggle('kim-playing', playing);
    this.playButton.setAttribute('aria-label', word);
    this.playButton.querySelector('.kim-play-word').textContent = word;
  }
}

/** Scroll a box, and nothing else, so far that a thing in it is in sight. */
function within(box, thing, start, end) {
  if (!thing) return;
  const frame = box.getBoundingClientRect();
  const place = thing.getBoundingClientRect();
  const names = start === 'left' ? (box.querySelector('.kim-names')?.offsetWidth ?? 0) : (box.querySelector('thead')?.offsetHeight ?? 0);
  const before = place[start] - frame[start] - names - 8;
  const behind = place[end] - frame[end] + 24;
  const by = before < 0 ? before - 40 : behind > 0 ? behind + 40 : 0;
  if (by) box.scrollBy(start === 'left' ? {left: by} : {top: by});
}

const players = new Map();
for (const figure of document.querySelectorAll('.kim-figure')) {
  if (figure.querySelector('script.kim-film')) {
    const player = new Player(figure);
    players.set(player.name, player);
  }
}

/** An address that tells a moment, views, or changes: the figure shows them. */
async function recall() {
  if (!location.hash.startsWith('#run=')) return;
  const player = players.get(new URLSearchParams(location.hash.slice(1)).get('run'));
  if (player) await (await player.more()).bookmark.recall();
}
addEventListener('hashchange', recall);
recall();

document.addEventListener('click', (event) => { // the other language shows the same moment, or the same section
  const link = event.target.closest('a[hreflang]');
  if (link) link.hash = location.hash;
});

/** What the theme lets scroll sideways can be scrolled by keys, in browsers too that give what scrolls no focus. */
const wide = new ResizeObserver((changes) => {
  for (const {target} of changes) {
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
    else target.removeAttribute('tabindex');
  }
});
addEventListener('load', () => { // the theme has wrapped its tables by then
  for (const box of document.querySelectorAll('.md-typeset__scrollwrap')) wide.observe(box);
});
