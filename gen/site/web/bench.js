// The workbench of a figure: what a reader asks of it beyond stepping, the runs that this needs, and what they draw.
//
// A figure begins with what the build made of its scenario. As soon as something is changed, it shows a run made here, by the
// same Python, from the reader's draft.

import {Bookmark} from './bookmark.js';
import {Draft} from './draft.js';
import {Editor} from './editor.js';
import {exchange} from './exchange.js';
import {Sheet, parts, text} from './parts.js';
import {Prompt} from './prompt.js';
import {ask, begin, onProgress} from './runtime.js';
import {Starts} from './starts.js';
import {Status} from './status.js';
import {showDownload, showLink} from './take.js';
import {Why, thingAt} from './why.js';

const PATIENCE_MS = 300; // after the last key
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
    this.bookmark = new Bookmark(this);
    this.editor = null;
    this.isOpening = false;
    this.isBuilt = true; // whether the page's own run is shown
    this.running = this.adding = Promise.resolve();
    this.latest = 0; // number of the last run that was asked for
    this.latestDrawn = 0; // and of the last one that is not only to look for mistakes
    this.isDue = false; // whether such a one is still to come
    this.problems = [];
    this.status = new Status(words, () => this.reset());
    const form = this.figure.querySelector('.kim-command');
    this.prompt = form && new Prompt(form, {complete: (line) => this.complete(line), type: (run) => this.typedAt(form, run)});
    this.starts = new Starts(this.figure, words, this.draft, () => this.begun());
    this.sheet.onClose = () => this.sheet.place.contains(this.status.line) && this.stand();
    this.stand();
    onProgress((part) => this.status.loading(part));
    player.onMove = () => this.moved();
  }

  // What a reader asks for

  /** Why; of an element that was clicked, or of the step as it is. */
  explain(element) {
    if (this.sheet.name === 'why' && !element) this.sheet.leave();
    else this.why.open(thingAt(element), element?.closest('[data-steps]'));
    if (this.sheet.name && !element) this.why.section.focus({preventScroll: true});
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
    this.status.isAsked = true;
    begin().catch((failure) => this.failed(failure));
  }

  /** The editor opens below the title, so that it and the board are in sight together; or it closes. */
  async edit() {
    if (this.editor) return this.closeEditor();
    if (this.isOpening) return undefined;
    this.isOpening = true;
    this.expect();
    const isReady = await this.draft.ready().then(() => true, (failure) => this.failed(failure));
    this.isOpening = false;
    return isReady && this.openEditor();
  }

  openEditor() {
    const section = this.parts.part('editor');
    this.editor = new Editor(section, this.parts, this.number, () => this.typed());
    section.querySelector('.kim-close').onclick = () => this.closeEditor();
    section.querySelector('.kim-run').onclick = () => this.runEdited();
    section.querySelector('.kim-views').onchange = () => this.choose(section);
    const head = this.figure.querySelector('.kim-head');
    if (head) head.after(section);
    else this.figure.prepend(section);
    this.showDraft();
    this.stand();
    this.figure.querySelector('.kim-do-edit').setAttribute('aria-expanded', 'true');
    this.editor.text.focus({preventScroll: true});
    section.scrollIntoView({block: 'start'});
    return this.check();
  }

  closeEditor() {
    this.editor.section.remove();
    this.editor = null;
    this.stand();
    const button = this.figure.querySelector('.kim-do-edit');
    button.setAttribute('aria-expanded', 'false');
    button.focus({preventScroll: true});
  }

  showDraft() {
    if (!this.editor) return;
    this.editor.show(this.draft.now);
    this.editor.mark(this.problems);
    for (const box of this.editor.section.querySelectorAll('.kim-views input')) box.checked = this.draft.views.includes(box.value);
  }

  /** What is said stands where the reader looks: in a place, else in the editor, else below the prompt. */
  stand(place = this.editor?.section.querySelector('.kim-bench-foot')) {
    if (place) place.append(this.status.line);
    else (this.prompt?.form ?? this.figure.querySelector('.kim-deck')).after(this.status.line);
  }

  // Typing

  typed() {
    clearTimeout(this.timer);
    this.stand();
    const follows = (!this.isBuilt || this.isDue) && this.editor.section.querySelector('.kim-follow').checked;
    this.timer = setTimeout(() => (follows ? this.run({careful: true}) : this.check()), PATIENCE_MS);
  }

  /** Only look for mistakes. */
  check() {
    return this.run({careful: true, draw: false});
  }

  runEdited() {
    this.stand();
    return this.run();
  }

  choose(section) {
    const chosen = [...section.querySelectorAll('.kim-views input:checked')].map((box) => box.value);
    if (!chosen.length) return this.showDraft();
    this.draft.choose(chosen);
    return this.runEdited();
  }

  /** A line was typed at the prompt. */
  typedAt(form, run) {
    if (this.status.line.previousSibling !== form) form.after(this.status.line);
    return this.more({run});
  }

  /** One step more, at the playhead's time. Tells whether it could be made. */
  more(step) {
    this.player.pause();
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
  run({careful = false, draw = true, more = null, at, nth = 0} = {}) {
    clearTimeout(this.timer);
    const turn = more ? 0 : ++this.latest;
    if (turn && draw) this.latestDrawn = turn;
    const isStale = () => turn && turn < (draw ? this.latestDrawn : this.latest);
    this.isDue ||= draw;
    if (draw) this.status.runs();
    this.running = this.running.then(async () => {
      if (isStale()) return false;
      try {
        const answer = await this.ask({ask: 'run', at: at === undefined ? this.player.time : at, careful, draw, more});
        if (isStale()) return false;
        const here = at === undefined ? this.player : {time: answer.at, nth};
        return this.answered(answer, {draw, more, time: more ? answer.at : here.time, nth: more ? LAST : here.nth});
      } catch (failure) {
        return this.failed(failure);
      }
    });
    if (more) this.adding = this.running;
    return this.running;
  }

  answered({problems, html, scenario}, {draw, more, time, nth}) {
    if (draw) this.isDue = this.status.isRunning = false;
    const refused = more && !html;
    if (!refused) this.problems = problems;
    if (scenario) {
      this.draft.now = scenario;
      this.showDraft();
    }
    if (html) this.show(html, time, nth);
    else this.bookmark.keep();
    if (!refused) this.editor?.mark(problems);
    this.report(problems, {drawn: Boolean(html), draw, refused});
    return !refused;
  }

  show(html, time, nth, isBuilt = false) {
    const fresh = new DOMParser().parseFromString(html, 'text/html').getElementById(this.figure.id);
    this.player.pause();
    exchange(this.figure, fresh);
    this.isBuilt = isBuilt;
    this.player.take();
    if (time !== null) this.player.goTo(time, nth);
    this.player.settle();
    this.why.forget();
    this.bookmark.keep();
  }

  // What it says

  report(problems, {drawn, draw, refused}) {
    const told = problems.map(({file, line, what, todo}) => {
      const place = line && !refused ? this.parts.said('place', {file, line, what}) : what;
      return `${place} ${todo}`.trim();
    });
    if (refused || (problems.length && !this.editor)) this.status.tell(told.join(' '), true);
    else if (problems.length && draw && !drawn) this.status.say('wrong', {count: problems.length}, true);
    else if (draw || !this.isDue) this.status.tell(this.draft.isUnchanged ? '' : this.parts.said('changed'));
    this.offerReset();
  }

  failed(failure) {
    this.isDue = this.status.isRunning = false;
    this.status.failed(failure);
    this.offerReset();
    return false;
  }

  offerReset() {
    this.status.back.hidden = this.isBuilt && this.draft.isUnchanged;
  }

  /** Everything as the page has it. */
  async reset() {
    clearTimeout(this.timer);
    this.latestDrawn = ++this.latest;
    await this.adding; // a step more may still come
    const {time, nth} = this.player;
    try {
      const page = await text(location.pathname);
      await this.draft.reset();
      this.problems = [];
      this.showDraft();
      this.starts.show();
      this.show(page, time, nth, true);
    } catch (failure) {
      return this.failed(failure);
    }
    this.status.tell('');
    this.status.back.hidden = true;
    return this.player.slider.focus({preventScroll: true});
  }

  /** Another scenario was begun with. */
  begun() {
    this.problems = [];
    this.showDraft();
    this.stand();
    return this.run({at: null});
  }

  moved() {
    this.why.follow();
    this.bookmark.keep();
  }
}
