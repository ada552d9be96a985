// Scenarios to begin with: those that a figure offers in a list, and any that a link names.

export class Starts {
  /** `begun` is called when another one was begun with. */
  constructor(figure, parts, draft, begun) {
    Object.assign(this, {figure, draft});
    this.title = figure.querySelector('.kim-title');
    this.own = this.title?.textContent;
    this.list = null;
    if (!figure.dataset.starts) return;
    const row = parts.part('starts');
    this.list = row.querySelector('select');
    for (const [name, title] of JSON.parse(figure.dataset.starts)) this.list.append(new Option(title, name));
    this.list.onchange = async () => {
      await draft.begin(this.list.value);
      this.show();
      begun();
    };
    figure.querySelector('.kim-command').before(row);
  }

  /** Another scenario has its own title, and what to watch for in the page's is no matter there. */
  show() {
    if (this.list) this.list.value = this.draft.name;
    const {start, base} = this.draft;
    if (this.title) this.title.textContent = (start && base.title?.[this.figure.lang]) || this.own;
    const watch = this.figure.querySelector('.kim-watch');
    if (watch) watch.hidden = Boolean(start);
  }
}
