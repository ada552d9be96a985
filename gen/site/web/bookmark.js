// A figure's state in the address bar: every moment can be linked, and whoever comes back, or reads on in the other language, finds it.

import {fragment, isState, state} from './address.js';

const PATIENCE_MS = 150; // after the last step

export class Bookmark {
  constructor(bench) {
    this.bench = bench;
    this.timer = 0;
  }

  async address() {
    const {views, ownViews, start, edits} = this.bench.draft;
    const {name, time, nth} = this.bench.player;
    const url = new URL(location.href);
    url.hash = await fragment({run: name, time, nth, views: views.join() === ownViews.join() ? null : views, start, edits});
    return url.href;
  }

  /** Keep the state in the address bar, as soon as the reader rests. */
  keep() {
    clearTimeout(this.timer);
    this.timer = setTimeout(async () => history.replaceState(history.state, '', await this.address()), PATIENCE_MS);
  }

  /** Show what the address bar tells. */
  async recall() {
    if (!isState(location.hash)) return;
    const {bench} = this;
    const {draft} = bench;
    const told = await state(location.hash);
    bench.figure.scrollIntoView();
    if (bench.draft.isThere && (told.views || told.start || told.edits)) {
      await draft.recall(told, bench.parts.views).catch((failure) => bench.failed(failure));
      bench.starts.show();
    } else if (!bench.isBuilt || !draft.isUnchanged) await bench.reset();
    if (!draft.isUnchanged || draft.views.join() !== draft.ownViews.join()) {
      bench.showDraft();
      await bench.run({at: told.time, nth: told.nth});
    } else if (told.time !== null) bench.player.goTo(told.time, told.nth);
  }
}
