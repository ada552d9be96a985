// Why: the chain of causes of the step at which the playhead stands, and what one may do to the thing that was clicked.

import {text} from './parts.js';

const HEADER = 60; // pixels of the window that the site's header covers
const SPACE = 12; // pixels between what was clicked and what opens

/** `pod/NAMESPACE/NAME`, `node/NAME`, or nothing: whatever else can be clicked has no deeds. */
export function thingAt(element) {
  const found = element?.closest('[data-ref], [data-lane], [data-box]');
  const key = found?.dataset.ref ?? found?.dataset.lane ?? found?.dataset.box ?? '';
  const [kind, ...rest] = key.split('/');
  if (kind === 'pod' && rest.length === 2) return {kind, key, namespace: rest[0], name: rest[1]};
  if (kind === 'node' || kind === 'kubelet') return {kind: 'node', key, name: rest[0]};
  return null;
}

export class Why {
  constructor(bench) {
    this.bench = bench;
    this.section = null;
    this.thing = null;
    this.reasons = null; // the reasons of the run that is shown
    this.asked = 0; // how often somebody asked: of several in a row, the last one is answered
  }

  get isOpen() {
    return this.bench.sheet.name === 'why';
  }

  /** The playhead stands elsewhere. */
  follow() {
    this.thing = null;
    this.show();
  }

  /** Another run is shown: its reasons have to be asked for. */
  forget() {
    this.reasons = null;
    if (this.isOpen) this.open(this.thing);
  }

  /** Of a thing, and of what was clicked for it; else of the step. */
  async open(thing = null, clicked = null) {
    this.thing = thing;
    const turn = ++this.asked;
    if (!this.isOpen || !this.section?.isConnected) {
      this.section = this.bench.parts.part('why');
      this.section.querySelector('.kim-deeds').onclick = (event) => this.deed(event.target.closest('[data-deed]'));
      this.section.querySelector('.kim-reasons').onclick = (event) => this.source(event.target.closest('[data-source]'));
      this.bench.sheet.open('why', this.section);
    }
    const reasons = (this.reasons ??= this.fetch());
    const html = await reasons.catch((failure) => {
      this.reasons = null; // the next one who asks tries again
      this.bench.failed(failure);
    });
    if (turn !== this.asked || reasons !== this.reasons || !html || !this.isOpen) return;
    const place = this.section.querySelector('.kim-reasons');
    place.innerHTML = html; // written by our own Python, which escapes all that a reader typed
    this.show();
    if (clicked?.isConnected) uncover(clicked, this.section.closest('.kim-deck'));
  }

  fetch() {
    const built = this.bench.player.figure.dataset.why;
    return this.bench.isBuilt ? text(new URL(built, document.baseURI)) : this.bench.ask({ask: 'why'}).then((answer) => answer.html);
  }

  /** What was clicked, or else what the step is about; and the deeds that fit it. */
  name(last) {
    this.subject = this.thing ?? thingAt(last);
    const title = this.section.querySelector('.kim-thing');
    title.textContent = this.subject?.name ?? this.bench.sheet.button.getAttribute('aria-label');
    title.classList.toggle('kim-mono', Boolean(this.subject));
    const kind = this.bench.draft.isThere ? this.subject?.kind : '';
    for (const button of this.section.querySelectorAll('[data-deed]')) button.hidden = button.dataset.on !== kind;
  }

  /** The chain of the step: its record, that one's cause, and so on; all others are hidden. */
  show() {
    if (!this.isOpen) return;
    const links = new Map();
    for (const link of this.section.querySelectorAll('.kim-cause')) {
      link.hidden = true;
      links.set(link.dataset.record, link);
    }
    for (const code of this.section.querySelectorAll('.kim-source-code')) code.hidden = true;
    for (const button of this.section.querySelectorAll('[data-source]')) button.setAttribute('aria-expanded', 'false');
    const place = this.section.querySelector('.kim-reasons');
    const ends = (place.querySelector('.kim-chain')?.dataset.ends ?? '').split(',');
    const last = links.get(ends[this.bench.player.step]);
    this.name(last);
    for (let link = last; link; link = links.get(link.dataset.cause)) link.hidden = false;
    const sheet = this.section.closest('.kim-sheet');
    sheet.scrollTop = sheet.scrollHeight; // the end of the chain is what was asked for
  }

  /** The function that decided stands below its link; another click takes it away. */
  source(button) {
    if (!button) return;
    const code = [...this.section.querySelectorAll('.kim-source-code')].find((one) => one.dataset.name === button.dataset.source);
    if (!code) return;
    const open = button.getAttribute('aria-expanded') === 'true';
    for (const other of this.section.querySelectorAll('[data-source]')) other.setAttribute('aria-expanded', 'false');
    button.setAttribute('aria-expanded', String(!open));
    for (const other of this.section.querySelectorAll('.kim-source-code')) other.hidden = true;
    code.hidden = open;
    if (open) return;
    button.after(code);
    const sheet = this.section.closest('.kim-sheet');
    const head = this.section.querySelector('.kim-sheet-head').getBoundingClientRect().bottom;
    sheet.scrollTop += button.getBoundingClientRect().top - head - 8; // nothing but the sheet is scrolled
  }

  async deed(button) {
    if (!button || !this.subject) return undefined;
    this.bench.stand(this.section.querySelector('.kim-sheet-head'));
    const {name, namespace, key} = this.subject;
    const elsewhere = namespace && namespace !== 'default' ? ` -n ${namespace}` : '';
    const pod = elsewhere ? `${namespace}/${name}` : name;
    switch (button.dataset.deed) {
      case 'delete':
        return this.bench.more({run: `kubectl delete pod ${name}${elsewhere}`});
      case 'kill': {
        const asked = this.bench.ask({ask: 'containers', pod: key, at: this.bench.player.time});
        const answer = await asked.catch((failure) => this.bench.failed(failure));
        return answer && this.bench.more({fault: {kill: 'container', pod, container: answer.words[0] ?? name}});
      }
      default:
        return this.bench.more({fault: {[button.dataset.deed]: 'kubelet', node: name}});
    }
  }
}

/** What was clicked is not hidden by the answer. */
function uncover(thing, deck) {
  const [place, cover] = [thing, deck].map((one) => one.getBoundingClientRect());
  const by = place.bottom + SPACE - cover.top;
  if (by > 0 && place.top < cover.bottom && place.top - by > HEADER) scrollBy({top: by, behavior: 'instant'});
}
