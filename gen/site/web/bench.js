// The workbench of a figure: what a reader asks of it beyond stepping, the runs that this needs, and what they draw.
//
// A figure begins with what the build made of its scenario. As soon as something is changed, it shows a run made here, by the
// same Python, from the reader's draft.

import {fragment, isState, state} from './address.js';
import {Draft} from './draft.js';
import {Editor} from './editor.js';
import {exchange} from './exchange.js';
import {Sheet, parts, text} from './parts.js';
import {Prompt} from './prompt.js';
import {ask, begin, onProgress} from './runtime.js';
import {showDownload, showLink} from './take.js';
import {Why, thingAt} from './why.js';

const PATIENCE_MS = 300; // after the last key
const REMEMBER_MS = 400; // after the last step
const LAST = Infinity; // of the steps of one moment
const TERMINAL = 'terminal';
let number = 0;

/** The workbench of a player's figure, with its words. */
export async function open(player) {
  return new Bench(player, await parts());
}

class Bench {
  constructor(player, words) {
    Object.assign(this, {player, parts: words, number: ++number, figure: player.figure});
    this.draft = new Draft(this.figure);
    this.sheet = new Sheet(player);
    this.why = new Why(this);
    this.editor = null;
    this.isBuilt = true; // whether the page's own run is shown
    this.running = Promise.resolve();
    this.latest = 0;
    this.status = this.parts.part('status');
    this.reset_ = this.status.querySelector('.kim-reset');
    this.reset_.onclick = () => this.reset();
    const form = this.figure.querySelector('.kim-command');
    form.after(this.status);
    this.prompt = new Prompt(form, {complete: (line) => this.complete(line), type: (run) => this.more({run})});
    onProgress((part) => this.loading(part));
    player.onMove = () => this.moved();
    this.offerStarts();
  }

  // What a reader asks for

  /** Why; of an element that was clicked, or of the step as it is. */
  explain(element) {
    if (this.sheet.name === 'why' && !element) this.sheet.leave();
    else this.why.open(thingAt(element));
  }

  link() {
    if (this.sheet.name === 'link') this.sheet.leave();
    else showLink(this);
  }

  download() {
    if (this.sheet.name === 'download') this.sheet.leave();
    else showDownload(this);
  }

  /** Something will be run soon. */
  expect() {
    begin().catch((failure) => this.failed(failure));
  }

  /** The editor opens below the title, so that it and the board are in sight together; or it closes. */
  async edit() {
    if (this.editor) return this.closeEditor();
    this.expect();
    await this.draft.ready();
    const section = this.parts.part('editor');
    this.editor = new Editor(section, this.parts, this.number, () => this.typed());
    section.querySelector('.kim-close').onclick = () => this.closeEditor();
    section.querySelector('.kim-run').onclick = () => this.run();
    section.querySelector('.kim-views').onchange = () => this.choose(section);
    const head = this.figure.querySelector('.kim-head');
    if (head) head.after(section);
    else this.figure.prepend(section);
    this.showDraft();
    section.querySelector('.kim-bench-foot').append(this.status);
    this.figure.querySelector('.kim-do-edit').setAttribute('aria-expanded', 'true');
    this.editor.text.focus({preventScroll: true});
    section.scrollIntoView({block: 'start'});
    return this.check();
  }

  closeEditor() {
    this.figure.querySelector('.kim-command').after(this.status);
    this.editor.section.remove();
    this.editor = null;
    const button = this.figure.querySelector('.kim-do-edit');
    button.setAttribute('aria-expanded', 'false');
    button.focus({preventScroll: true});
  }

  showDraft() {
    if (!this.editor) return;
    this.editor.show(this.draft.now);
    for (const box of this.editor.section.querySelectorAll('.kim-views input')) box.checked = this.draft.views.includes(box.value);
  }

  // Typing

  typed() {
    clearTimeout(this.timer);
    const follows = !this.isBuilt && this.editor.section.querySelector('.kim-follow').checked;
    this.timer = setTimeout(() => (follows ? this.run({careful: true}) : this.check()), PATIENCE_MS);
  }

  /** Only look for mistakes. */
  check() {
    return this.run({careful: true, draw: false});
  }

  choose(section) {
    const chosen = [...section.querySelectorAll('.kim-views input:checked')].map((box) => box.value);
    if (!chosen.length) return;
    this.draft.choose(chosen);
    this.run();
  }

  /** One step more, at the playhead's time. */
  more(step) {
    if (step.run && !this.draft.views.includes(TERMINAL)) this.draft.views = [...this.draft.views, TERMINAL];
    return this.run({more: {at: this.player.time, ...step}});
  }

  // Runs

  /** A question about the draft. */
  async ask(question) {
    await this.draft.ready();
    const {dataset, lang} = this.figure;
    const {now, views, isUnchanged} = this.draft;
    return ask({
      figure: this.player.name, lang, scenario: now, views, focus: isUnchanged ? dataset.focus : '', icons: dataset.icons,
      source: this.draft.file('yaml'), ...question,
    });
  }

  async complete(line) {
    const answer = await this.ask({ask: 'complete', line, at: this.player.time}).catch(() => ({words: []}));
    return answer.words;
  }

  /** Run the draft and show it; of several runs that wait only the last one is made, but a step more is never left out. */
  run({careful = false, draw = true, more = null, at = this.player.time, nth = this.player.nth} = {}) {
    clearTimeout(this.timer);
    const turn = more ? 0 : ++this.latest;
    this.running = this.running.then(async () => {
      if (turn && turn !== this.latest) return;
      if (draw) this.say('running');
      try {
        const answer = await this.ask({ask: 'run', at, careful, draw, more});
        if (!turn || turn === this.latest) this.answered(answer, {draw, more, nth: more ? LAST : nth});
      } catch (failure) {
        this.failed(failure);
      }
    });
    return this.running;
  }

  answered({problems, html, at, scenario}, {draw, more, nth}) {
    if (scenario) {
      this.draft.now = scenario;
      this.showDraft();
      this.prompt.clear();
    }
    if (html) this.show(html, at, nth);
    const refused = more && !html;
    if (!refused) this.editor?.mark(problems);
    this.report(problems, {drawn: Boolean(html), draw, refused});
  }

  show(html, at, nth) {
    const fresh = new DOMParser().parseFromString(html, 'text/html').getElementById(this.figure.id);
    this.player.pause();
    exchange(this.figure, fresh);
    this.isBuilt = false;
    this.player.take();
    if (at !== null) this.player.goTo(at, nth);
    this.player.settle();
    this.why.forget();
    this.remember();
  }

  // What it says

  report(problems, {drawn, draw, refused}) {
    const told = problems.map(({file, line, what, todo}) => {
      const place = line && !refused ? this.parts.said('place', {file, line, what}) : what;
      return `${place} ${todo}`.trim();
    });
    if (refused || (problems.length && !this.editor)) this.tell(told.join(' '), true);
    else if (problems.length && draw && !drawn) this.say('wrong', {count: problems.length}, true);
    else this.tell(this.draft.isUnchanged ? '' : this.parts.said('changed'));
    this.reset_.hidden = this.isBuilt && this.draft.isUnchanged;
  }

  failed(failure) {
    const known = ['stopped', 'missing'].includes(failure.kind);
    this.say(known ? failure.kind : 'broken', {what: failure.message}, true);
    this.reset_.hidden = this.isBuilt && this.draft.isUnchanged;
  }

  say(name, values = {}, wrong = false) {
    this.tell(this.parts.said(name, values), wrong);
  }

  tell(words, wrong = false) {
    const says = this.status.querySelector('.kim-says');
    says.textContent = words;
    says.classList.toggle('kim-wrong', wrong);
  }

  loading(part) {
    const bar = this.status.querySelector('progress');
    bar.value = Math.floor(part * 100);
    if (part < 1) this.say('loading', {part: bar.value});
    else if (!bar.hidden) this.tell('');
    bar.hidden = part === 1;
  }

  /** Everything as the page has it. */
  async reset() {
    clearTimeout(this.timer);
    this.latest += 1;
    const {time, nth} = this.player;
    await this.draft.reset();
    this.chooseStart();
    this.showDraft();
    this.editor?.mark([]);
    this.show(await text(location.pathname), time, nth);
    this.isBuilt = true;
    this.tell('');
    this.reset_.hidden = true;
  }

  // Starting points

  offerStarts() {
    if (!this.figure.dataset.starts) return;
    const row = this.parts.part('starts');
    this.starts = row.querySelector('select');
    for (const [name, title] of JSON.parse(this.figure.dataset.starts)) this.starts.append(new Option(title, name));
    this.starts.onchange = async () => {
      await this.draft.begin(this.starts.value);
      this.showDraft();
      this.run({at: null});
    };
    this.figure.querySelector('.kim-command').before(row);
  }

  chooseStart() {
    if (this.starts) this.starts.value = this.draft.name;
  }

  // The state as an address

  async address() {
    const {views, ownViews, start, edits} = this.draft;
    const {name, time, nth} = this.player;
    const url = new URL(location.href);
    url.hash = await fragment({run: name, time, nth, views: views.join() === ownViews.join() ? null : views, start, edits});
    return url.href;
  }

  moved() {
    this.why.follow();
    this.remember();
  }

  /** Keep the state in the address bar. */
  remember() {
    clearTimeout(this.remembering);
    this.remembering = setTimeout(async () => history.replaceState(history.state, '', await this.address()), REMEMBER_MS);
  }

  /** Show what the address bar tells. */
  async recall() {
    if (!isState(location.hash)) return;
    const told = await state(location.hash);
    if (told.views || told.start || told.edits) {
      await this.draft.recall(told, this.parts.views);
      this.chooseStart();
      this.showDraft();
      await this.run({at: told.time, nth: told.nth});
    } else if (told.time !== null) this.player.goTo(told.time, told.nth);
    this.figure.scrollIntoView({block: 'nearest'});
  }
}
