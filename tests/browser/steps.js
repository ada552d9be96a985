// What the tests ask of the figures of a page: go from step to step by every way there is, and see whether all agree.
(() => {
  const figures = [...document.querySelectorAll('.kim-figure')].filter((figure) => figure.querySelector('script.kim-film'));
  const slider = (figure) => figure.querySelector('.kim-slider');
  const last = (figure) => Number(slider(figure).max);
  const press = (figure, name) => figure.querySelector(`.kim-do-${name}`).click();
  const type = (element, key) => element.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true}));
  const slide = (figure, step) => {
    slider(figure).value = step;
    slider(figure).dispatchEvent(new Event('input', {bubbles: true}));
  };

  /** All that a figure is, as text. Attributes are put into the order of their names: one that was away came back last. */
  function shown(figure) {
    if (figure.contains(document.activeElement)) document.activeElement.blur(); // the slider in focus makes the sentence quiet
    for (const element of figure.querySelectorAll('[data-k]:not(input)')) {
      const names = element.getAttributeNames();
      if (names.every((name, at) => !at || names[at - 1] < name)) continue;
      for (const name of names.sort()) element.setAttributeNode(element.removeAttributeNode(element.getAttributeNode(name)));
    }
    return figure.outerHTML;
  }

  /** Ways through all steps of a figure; each tells at which step it should be. */
  const ways = {
    * 'forward by button'(figure) {
      press(figure, 'first');
      yield 0;
      for (let step = 1; step <= last(figure); step += 1) yield (press(figure, 'forward'), step);
      yield (press(figure, 'forward'), last(figure));
    },
    * 'back by button'(figure) {
      yield (press(figure, 'last'), last(figure));
      for (let step = last(figure) - 1; step >= 0; step -= 1) yield (press(figure, 'back'), step);
      yield (press(figure, 'back'), 0);
    },
    * 'slider'(figure) {
      for (let low = 0, high = last(figure); low <= high; low += 1, high -= 1) {
        yield (slide(figure, high), high);
        yield (slide(figure, low), low);
      }
    },
    * 'keys'(figure) {
      const places = [...figure.querySelectorAll('.kim-slider, .kim-scroll, .kim-box, .kim-do-forward, .kim-do-play, summary')];
      yield (type(places[0], 'Home'), 0);
      for (let step = 1; step <= last(figure); step += 1) yield (type(places[step % places.length], 'ArrowRight'), step);
      for (const place of places) {
        yield (type(place, 'Home'), 0);
        yield (type(place, 'End'), last(figure));
        yield (type(place, 'ArrowLeft'), last(figure) - 1);
      }
    },
    * 'clicks'(figure) {
      for (const thing of figure.querySelectorAll('[data-steps]')) {
        const steps = thing.dataset.steps.split(',').map(Number);
        slide(figure, 0);
        for (const step of steps.slice(0, 3)) {
          yield (thing.dispatchEvent(new MouseEvent('click', {bubbles: true})), step);
        }
      }
    },
  };

  /** Where the ways disagree, or the slider does not follow. */
  function disagreements(figure) {
    const start = shown(figure);
    const found = [];
    const seen = new Map([[slider(figure).valueAsNumber, start]]);
    for (const [name, way] of Object.entries(ways)) {
      for (const step of way(figure)) {
        const now = shown(figure);
        if (!seen.has(step)) seen.set(step, now);
        if (now !== seen.get(step)) found.push(`${figure.id}, step ${step} by ${name}: ${difference(seen.get(step), now)}`);
        const told = slider(figure).getAttribute('aria-valuetext');
        const moment = figure.querySelector('.kim-moment');
        const expected = [...moment.children].map((part) => part.textContent).join(': ');
        if (slider(figure).valueAsNumber !== step) found.push(`${name}: the slider is at ${slider(figure).value}, not ${step}`);
        if (told !== expected) found.push(`step ${step} by ${name}: the slider says "${told}", not "${expected}"`);
        if (found.length > 4) return found;
      }
    }
    return found;
  }

  function difference(one, other) {
    let at = 0;
    while (one[at] === other[at]) at += 1;
    return `…${one.slice(at - 60, at + 60)}… and …${other.slice(at - 60, at + 60)}…`;
  }

  /** What moved while a figure was stepped: boxes by their place in the figure, and all that the browser calls a shift. */
  async function moved(figure) {
    const found = [];
    const place = () => `${figure.id}, step ${slider(figure).value}`;
    const shifts = new PerformanceObserver((list) => {
      const nodes = list.getEntries().flatMap((entry) => entry.sources.map((source) => source.node));
      const still = nodes.filter((node) => node && !node.parentElement?.closest('.kim-moment')); // a sentence is new each time
      found.push(...still.map((node) => `${place()}: ${(node.outerHTML ?? node.data).slice(0, 120)} shifted`));
    });
    await frame();
    await frame(); // the bar, which a player brings along, is painted by now, on a busy machine too
    const before = boxes(figure);
    shifts.observe({type: 'layout-shift'});
    for (let step = 0; step <= last(figure); step += 1) {
      slide(figure, step);
      await frame();
      for (const [name, box] of Object.entries(boxes(figure))) {
        if (box !== before[name]) found.push(`${place()}: ${name} was at ${before[name]} and is at ${box}`);
      }
    }
    shifts.disconnect();
    return found.slice(0, 5);
  }

  const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

  function boxes(figure) {
    const origin = figure.getBoundingClientRect();
    const parts = figure.querySelectorAll('.kim-head, .kim-board, .kim-moment, .kim-timeline, .kim-ladder, .kim-bar-row, .kim-bar-row > *, .kim-rows, .kim-box, .kim-foot');
    const place = (box) => [box.x - origin.x, box.y - origin.y, box.width, box.height].map((side) => side.toFixed(1)).join(' ');
    return Object.fromEntries([figure, ...parts].map((part, number) => [`${number} ${part.className}`, place(part.getBoundingClientRect())]));
  }

  /** A point of the window at which a thing lies on top, or null. */
  function point(thing) {
    thing.scrollIntoView({block: 'center', inline: 'center'});
    const box = thing.getBoundingClientRect();
    const view = thing.closest('.kim-view').getBoundingClientRect();
    const [left, right] = [Math.max(box.left, view.left), Math.min(box.right, view.right)];
    const places = [0.5, 0.25, 0.75, 0.1, 0.9].map((share) => [left + (right - left) * share, (box.top + box.bottom) / 2]);
    return places.find(([x, y]) => document.elementFromPoint(x, y)?.closest('[data-steps]') === thing) ?? null;
  }

  /** The numbers of those things of a view that can be clicked. */
  const reach = (view) => [...view.querySelectorAll('[data-steps]')].flatMap((thing, number) => (point(thing) ? [number] : []));

  window.steps = {figures, disagreements, moved, point, reach};
})();
