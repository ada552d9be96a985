// How it stands with a run, in a line: loading, running, changed, or what was wrong; and the way back to the page's own run.

export class Status {
  constructor(parts, reset) {
    this.parts = parts;
    this.line = parts.part('status');
    this.bar = this.line.querySelector('progress');
    this.says = this.line.querySelector('.kim-says');
    this.back = this.line.querySelector('.kim-reset');
    this.back.onclick = reset;
    this.isAsked = false; // whether this figure wants to run something
    this.isRunning = false;
  }

  tell(words, wrong = false) {
    this.says.textContent = words;
    this.says.classList.toggle('kim-wrong', wrong);
  }

  say(name, values = {}, wrong = false) {
    this.tell(this.parts.said(name, values), wrong);
  }

  /** A run has been asked for. While Python is still on its way, that is what is said. */
  runs() {
    this.isAsked = this.isRunning = true;
    if (this.bar.hidden) this.say('running');
  }

  /** How much has come, from 0 to 1. */
  loading(part) {
    if (!this.isAsked) return;
    this.bar.value = Math.floor(part * 100);
    if (part < 1) this.say('loading', {part: this.bar.value});
    else if (!this.bar.hidden) this.tell(this.isRunning ? this.parts.said('running') : '');
    this.bar.hidden = part === 1;
  }

  failed(failure) {
    const known = ['stopped', 'missing'].includes(failure.kind);
    this.say(known ? failure.kind : 'broken', {what: failure.message}, true);
    this.bar.hidden = true;
  }
}
