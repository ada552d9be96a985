// The parts of the workbench, in the page's language: fetched once, when a reader first asks for any of them.

import {Failure} from './runtime.js';

let come = null;

/** Fetch the parts and their style sheet. */
export function parts() {
  come ??= fetchAll().catch((error) => {
    come = null; // the next one who asks tries again
    throw error;
  });
  return come;
}

async function fetchAll() {
  const [html] = await Promise.all([text('bench.html'), styled('bench.css')]);
  return new Parts(new DOMParser().parseFromString(html, 'text/html'));
}

/** A text file that lies beside this one, or at an address. Throws a Failure. */
export async function text(name) {
  const response = await fetch(new URL(name, import.meta.url)).catch(() => null);
  if (!response?.ok) throw new Failure('missing', `${name}: ${response?.status}`);
  return response.text();
}

function styled(name) {
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = new URL(name, import.meta.url).href;
  document.head.append(link);
  return new Promise((done) => {
    link.onload = done;
    link.onerror = done;
  });
}

class Parts {
  constructor(page) {
    this.page = page;
  }

  /** A fresh copy of a part. */
  part(name) {
    return document.importNode(this.page.querySelector(`template[data-part=${name}]`).content.firstElementChild, true);
  }

  /** The names of all views that there are. */
  get views() {
    const boxes = this.page.querySelector('template[data-part=editor]').content.querySelectorAll('.kim-views input');
    return [...boxes].map((box) => box.value);
  }

  /** A sentence with its blanks filled in. */
  said(name, values = {}) {
    const pattern = this.page.querySelector(`[data-said=${name}]`).textContent;
    return pattern.replace(/%(\w+)%/g, (blank, key) => String(values[key] ?? blank));
  }
}

/** What stands above the bar of a figure: one sheet at a time. */
export class Sheet {
  constructor(player) {
    this.player = player;
    this.name = '';
    this.onClose = null;
    player.figure.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && this.name && !event.target.closest('.kim-bench')) this.leave();
    });
  }

  get place() {
    return this.player.figure.querySelector('.kim-sheet');
  }

  /** Show a section under a name, and say so at the button that opens it. */
  open(name, section) {
    if (this.name && this.name !== name) this.close();
    this.name = name;
    this.place.replaceChildren(section);
    this.place.hidden = false;
    this.tell(true);
    section.scrollIntoView({block: 'nearest'});
    section.querySelector('.kim-close').onclick = () => this.leave();
  }

  /** Close, and let the focus stand where it came from. */
  leave() {
    const button = this.button;
    this.close();
    button?.focus({preventScroll: true});
  }

  close() {
    if (!this.name) return;
    this.tell(false);
    this.name = '';
    this.onClose?.();
    this.place.hidden = true;
    this.place.replaceChildren();
  }

  get button() {
    return this.player.figure.querySelector(`.kim-do-${this.name}`);
  }

  tell(open) {
    this.button?.setAttribute('aria-expanded', String(open));
  }
}
