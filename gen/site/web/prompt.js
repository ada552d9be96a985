// The prompt under a figure: one more line of the terminal, with the lines typed before, and what could come next.

const PATIENCE_MS = 120;
const MOST = 12; // words offered at once

export class Prompt {
  /** `complete` gives the words that fit a line; `type` takes a whole line, and tells whether it could be typed. */
  constructor(form, {complete, type}) {
    Object.assign(this, {form, complete, type});
    this.line = form.querySelector('.kim-command-line');
    this.offered = [];
    this.past = [];
    this.back = 0; // how many lines back in the past
    this.draft = '';
    this.words = document.createElement('ul');
    this.words.className = 'kim-words';
    this.words.role = 'listbox';
    this.words.ariaLabel = this.line.ariaLabel;
    this.words.id = `${form.closest('figure').id}-words`;
    this.line.role = 'combobox';
    this.line.setAttribute('aria-controls', this.words.id);
    this.offer([]);
    form.append(this.words);
    this.line.addEventListener('keydown', (event) => this.pressed(event));
    this.line.addEventListener('input', () => this.soon());
    this.words.addEventListener('mousedown', (event) => event.preventDefault()); // the line keeps the focus
    this.words.addEventListener('click', (event) => this.take(event.target.closest('li')?.textContent));
  }

  /** The line is sent. */
  async enter() {
    const line = this.line.value.trim();
    if (!line) return;
    const whole = line === 'kubectl' || line.startsWith('kubectl ') ? line : `kubectl ${line}`;
    if (this.past.at(-1) !== line) this.past.push(line);
    this.back = 0;
    this.offer([]);
    this.clear();
    const typed = await this.type(whole);
    if (!typed && !this.line.value) this.line.value = line;
  }

  clear() {
    this.line.value = '';
  }

  pressed(event) {
    if (event.isComposing) return;
    const older = {ArrowUp: 1, ArrowDown: -1}[event.key];
    if (older) this.recall(older);
    else if (event.key === 'Tab' && !event.shiftKey && this.offered.length) this.take(this.common());
    else if (event.key === 'Escape' && this.offered.length) this.offer([]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  recall(by) {
    if (!this.back) this.draft = this.line.value;
    this.back = Math.max(0, Math.min(this.back + by, this.past.length));
    this.line.value = this.back ? this.past.at(-this.back) : this.draft;
    this.offer([]);
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), PATIENCE_MS);
  }

  async look() {
    const line = this.line.value;
    const words = line.trim() ? await this.complete(line) : [];
    if (line === this.line.value) this.offer(words.filter((word) => word !== this.last));
  }

  get last() {
    return this.line.value.split(' ').at(-1);
  }

  offer(words) {
    this.offered = words;
    const items = words.slice(0, MOST).map((word) => {
      const item = document.createElement('li');
      item.role = 'option';
      item.textContent = word;
      return item;
    });
    if (words.length > MOST) items.push(Object.assign(document.createElement('li'), {textContent: '…', className: 'kim-more', ariaHidden: 'true'}));
    this.words.replaceChildren(...items);
    this.words.hidden = !items.length;
    this.line.ariaExpanded = String(!this.words.hidden);
  }

  /** What all offered words begin with; the only one, with a blank behind it. */
  common() {
    const [first, ...others] = this.offered;
    let common = first;
    for (const other of others) while (!other.startsWith(common)) common = common.slice(0, -1);
    return common.length > this.last.length || !others.length ? common : first;
  }

  take(word) {
    if (!word || word === '…') return;
    const whole = this.offered.includes(word);
    this.line.value = this.line.value.slice(0, this.line.value.length - this.last.length) + word + (whole ? ' ' : '');
    this.line.focus();
    this.offer([]);
    this.soon();
  }
}
