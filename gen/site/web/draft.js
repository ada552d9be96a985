// What a reader made of a figure's scenario: its files and steps as they are now, where it began, and which views it is shown in.

import {text} from './parts.js';

export class Draft {
  constructor(figure) {
    this.figure = figure;
    this.start = ''; // another scenario to begin with, in a figure that offers some; none is the figure's own
    this.base = null; // the scenario as its author wrote it
    this.now = null; // as the reader has it
    this.views = this.ownViews;
  }

  /** Whether there is anything to change: not where several runs are compared. */
  get isThere() {
    return Boolean(this.figure.dataset.draft);
  }

  get ownViews() {
    return this.figure.dataset.views.split(',');
  }

  get name() {
    return this.start || this.own;
  }

  /** The names of the scenarios that the figure offers to begin with. */
  get offered() {
    return JSON.parse(this.figure.dataset.starts ?? '[]').map(([name]) => name);
  }

  get own() {
    return this.figure.dataset.draft.replace(/^.*\/|\.json$/g, '');
  }

  /** The way to a file of the scenario. */
  file(ending) {
    return this.figure.dataset.draft.replace(/[^/]+\.json$/, `${this.name}.${ending}`);
  }

  /** The scenario is there. */
  async ready() {
    if (!this.now) await this.begin(this.start);
  }

  /** Begin with a scenario, as its author wrote it. */
  async begin(name) {
    this.start = this.offered.includes(name) && name !== this.own ? name : '';
    this.base = JSON.parse(await text(new URL(this.file('json'), document.baseURI)));
    this.now = structuredClone(this.base);
  }

  get isUnchanged() {
    return !this.start && !this.edits;
  }

  /** What differs from the scenario, or null. */
  get edits() {
    if (!this.now) return null;
    const files = Object.entries(this.now.files).filter(([name, content]) => content !== this.base.files[name]);
    const steps = this.now.steps === this.base.steps ? undefined : this.now.steps;
    return files.length || steps !== undefined ? {files: Object.fromEntries(files), steps} : null;
  }

  /** Take over what an address carries; of a scenario that is not offered, nothing. */
  async recall({start, edits, views}, known) {
    await this.begin(start ?? '');
    if (start && start !== this.name) return;
    const wanted = views?.filter((view) => known.includes(view)) ?? [];
    this.views = wanted.length ? wanted : this.ownViews;
    Object.assign(this.now.files, edits?.files);
    this.now.steps = edits?.steps ?? this.now.steps;
  }

  /** Show these views: those that are shown already keep their places. */
  choose(views) {
    this.views = [...this.views.filter((view) => views.includes(view)), ...views.filter((view) => !this.views.includes(view))];
  }

  async reset() {
    await this.begin('');
    this.views = this.ownViews;
  }
}
