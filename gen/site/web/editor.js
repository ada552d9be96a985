// The editor: a scenario's files and its steps, coloured as YAML, one of them in sight. What is wrong is marked at its line.

const MOST_ROWS = 13; // so that the board below is in sight too
const LEAST_ROWS = 5;
const STEPS = 'steps.yaml';
const LONGEST_LINE = 400; // that is coloured
const MOST_LINES = 2_000; // that are
const TOKENS = [
  ['comment', /(?:^|(?<=\s))#.*/y],
  ['string', /"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'/y],
  ['key', /[^\s#:{}[\],"'&*!|>%@-][^:{}[\],"']*?(?=:(?:\s|$))/y],
  ['mark', /(?:^|(?<=\s))[-|>][-+]?(?=\s|$)|[{}[\],:]/y],
  ['number', /(?<![\w.-])\d+(?:\.\d+)?(?:us|ms|s|m|h|Mi|Gi|Ki|%)?(?![\w.-])/y],
  ['word', /(?<![\w.-])(?:true|false|null)(?![\w.-])/y],
];

/** A line of YAML as text and spans. */
export function coloured(line) {
  if (line.length > LONGEST_LINE) return [line];
  const found = [];
  let plain = '';
  for (let at = 0; at < line.length; ) {
    const token = TOKENS.find(([, form]) => ((form.lastIndex = at), form.test(line)));
    const end = token ? token[1].lastIndex : at + 1;
    if (token) {
      const span = document.createElement('span');
      span.className = `kim-yaml-${token[0]}`;
      span.textContent = line.slice(at, end);
      found.push(plain, span);
      plain = '';
    } else plain += line[at];
    at = end;
  }
  return [...found, plain];
}

export class Editor {
  /** `draft` gives and takes the texts; `changed` is called after each key. */
  constructor(section, parts, number, changed) {
    Object.assign(this, {section, parts, number, changed});
    this.text = section.querySelector('.kim-text');
    this.paint = section.querySelector('.kim-paint');
    this.gutter = section.querySelector('.kim-gutter');
    this.tabs = section.querySelector('.kim-tabs');
    this.list = section.querySelector('.kim-problems');
    this.list.id = `kim-problems-${number}`;
    this.text.id = `kim-text-${number}`;
    this.problems = [];
    this.file = '';
    this.text.addEventListener('input', () => this.typed());
    this.text.addEventListener('scroll', () => this.follow());
    this.tabs.addEventListener('click', (event) => this.choose(event.target.closest('[role=tab]')?.dataset.file));
    this.tabs.addEventListener('keydown', (event) => this.along(event));
    this.list.addEventListener('click', (event) => this.lead(event.target.closest('[data-at]')));
  }

  /** Show a draft: its files, then its steps; the file in sight stays in sight. */
  show(draft) {
    this.draft = draft;
    const files = [...Object.keys(draft.files), STEPS];
    const tabs = files.map((file) => {
      const tab = document.createElement('button');
      tab.type = 'button';
      tab.role = 'tab';
      tab.dataset.file = file;
      tab.textContent = file === STEPS ? this.parts.said('steps') : file;
      tab.setAttribute('aria-controls', this.text.id);
      return tab;
    });
    this.tabs.replaceChildren(...tabs);
    this.choose(files.includes(this.file) ? this.file : files[0], false);
  }

  get value() {
    return this.file === STEPS ? this.draft.steps : this.draft.files[this.file];
  }

  choose(file, focus = true) {
    if (file === undefined) return;
    this.file = file;
    for (const tab of this.tabs.children) {
      const selected = tab.dataset.file === file;
      tab.setAttribute('aria-selected', String(selected));
      tab.tabIndex = selected ? 0 : -1;
      if (selected && focus) tab.focus();
    }
    if (this.text.value !== this.value) this.text.value = this.value;
    this.draw();
  }

  along(event) {
    const by = {ArrowRight: 1, ArrowLeft: -1}[event.key];
    if (!by) return;
    const tabs = [...this.tabs.children];
    const at = tabs.findIndex((tab) => tab.dataset.file === this.file);
    this.choose(tabs[(at + by + tabs.length) % tabs.length].dataset.file);
    event.preventDefault();
    event.stopPropagation();
  }

  typed() {
    if (this.file === STEPS) this.draft.steps = this.text.value;
    else this.draft.files[this.file] = this.text.value;
    this.draw();
    this.changed();
  }

  /** The colours under the text, the numbers beside it, and the marks of what is wrong. */
  draw() {
    const wrong = new Set(this.problems.filter((problem) => problem.file === this.file).map((problem) => problem.line));
    const lines = this.text.value.split('\n');
    const rows = Math.max(LEAST_ROWS, Math.min(lines.length + 1, MOST_ROWS));
    this.text.rows = rows;
    this.section.style.setProperty('--kim-rows', rows);
    const numbers = lines.map((_, at) => String(at + 1));
    if (lines.length > MOST_LINES) {
      this.paint.textContent = this.text.value;
      this.gutter.textContent = numbers.join('\n');
    } else {
      this.paint.replaceChildren(...lines.map((line, at) => this.row('div', coloured(line), wrong.has(at + 1))));
      this.gutter.replaceChildren(...numbers.map((number, at) => this.row('div', [number], wrong.has(at + 1))));
    }
    this.text.setAttribute('aria-invalid', String(wrong.size > 0));
    if (wrong.size) this.text.setAttribute('aria-describedby', this.list.id);
    else this.text.removeAttribute('aria-describedby');
    this.follow();
  }

  row(name, children, wrong) {
    const row = document.createElement(name);
    row.append(...children, '\u200b');
    if (wrong) row.className = 'kim-wrong';
    return row;
  }

  follow() {
    this.paint.scrollTop = this.gutter.scrollTop = this.text.scrollTop;
    this.paint.scrollLeft = this.text.scrollLeft;
  }

  /** Mark what is wrong, and say it below; the tabs of files with mistakes say so too. */
  mark(problems) {
    this.problems = problems;
    const rows = problems.map(({file, line, column, what, todo}) => {
      const row = document.createElement('li');
      const told = document.createElement(line ? 'button' : 'span');
      const name = file === STEPS ? this.parts.said('steps') : file;
      told.textContent = line ? this.parts.said('place', {file: name, line, what}) : what;
      if (line) Object.assign(told, {type: 'button'}).dataset.at = `${line}:${column}:${file}`;
      row.append(told, todo ? ` ${todo}` : '');
      return row;
    });
    this.list.replaceChildren(...rows);
    this.list.hidden = !rows.length;
    for (const tab of this.tabs.children) tab.classList.toggle('kim-wrong', problems.some((one) => one.file === tab.dataset.file));
    this.draw();
  }

  /** To the place of a mistake. */
  lead(button) {
    if (!button) return;
    const [line, column, ...file] = button.dataset.at.split(':');
    this.choose(file.join(':'), false);
    const lines = this.text.value.split('\n');
    const at = lines.slice(0, Number(line) - 1).reduce((sum, one) => sum + one.length + 1, 0) + Math.max(Number(column) - 1, 0);
    this.text.focus();
    this.text.setSelectionRange(at, at);
  }
}
