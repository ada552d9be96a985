// A figure takes over what another run drew. What a reader types into stays where it is in the window, and so does what has the
// focus; where nothing has it, the figure's head does.

const KEPT = '.kim-head, .kim-bench, .kim-starts-row, .kim-command, .kim-status';

/** Exchange the views, the bar and the film of `figure` for those of `fresh`, which comes from elsewhere. */
export function exchange(figure, fresh) {
  const focused = figure.contains(document.activeElement) ? document.activeElement : null;
  const before = (focused ?? figure).getBoundingClientRect().top;
  keepSettings(figure, fresh);
  for (const child of [...figure.children]) if (!child.matches(KEPT)) child.remove();
  const prompt = figure.querySelector('.kim-starts-row') ?? figure.querySelector('.kim-command');
  let above = true;
  for (const child of [...fresh.children]) {
    if (child.matches('.kim-command')) above = false;
    else if (child.matches('.kim-head')) continue;
    else if (above) prompt.before(child);
    else figure.append(child);
  }
  const now = focused && twin(figure, focused);
  if (now && document.activeElement !== now) now.focus({preventScroll: true});
  const after = (now ?? figure).getBoundingClientRect().top;
  if (after !== before) scrollBy({top: after - before, behavior: 'instant'});
}

/** The sheet above the bar, the speed, and which tables are folded. */
function keepSettings(figure, fresh) {
  fresh.querySelector('.kim-sheet').replaceWith(figure.querySelector('.kim-sheet'));
  fresh.querySelector('.kim-speed').value = figure.querySelector('.kim-speed').value;
  for (const button of figure.querySelectorAll('.kim-tool')) {
    fresh.querySelector(`[data-do=${button.dataset.do}]`).setAttribute('aria-expanded', button.getAttribute('aria-expanded'));
  }
  const folded = [...figure.querySelectorAll('details.kim-rows')].map((table) => table.open);
  fresh.querySelectorAll('details.kim-rows').forEach((table, at) => (table.open = folded[at] ?? true));
}

/** What stands for an element in the exchanged figure: itself, or the control of the same kind. */
function twin(figure, element) {
  if (element.isConnected) return element;
  const control = element.dataset.do ? `[data-do=${element.dataset.do}]` : element.matches('.kim-speed') ? '.kim-speed' : '.kim-slider';
  return figure.querySelector(control);
}
