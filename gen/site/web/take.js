// What a reader takes along: the link to a moment, pictures as SVG, the scenario, and a script for a real cluster.

import {LONGEST} from './address.js';
import {text} from './parts.js';

const ICON = /href="([^"]+\.png)"/g;

export async function showLink(bench) {
  const section = bench.parts.part('link');
  const url = await bench.bookmark.address();
  const address = section.querySelector('.kim-address');
  const says = section.querySelector('.kim-says');
  bench.sheet.open('link', section);
  if (url.length > LONGEST) {
    says.textContent = bench.parts.said('too_long');
    address.replaceWith(takes(bench, 'yaml', says));
    section.querySelector('.kim-take').focus({preventScroll: true});
    return;
  }
  history.replaceState(history.state, '', url);
  address.value = url;
  address.focus({preventScroll: true});
  address.select();
  const copied = await navigator.clipboard?.writeText(url).then(() => true, () => false);
  says.textContent = bench.parts.said(copied ? 'copied' : 'copy');
}

export function showDownload(bench) {
  const section = bench.parts.part('download');
  const choices = section.querySelector('.kim-takes');
  for (const view of bench.draft.views) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'kim-button kim-take';
    button.dataset.take = view;
    const name = section.querySelector(`[data-view=${view}]`)?.textContent ?? view;
    button.textContent = bench.parts.said('svg', {view: name});
    choices.append(button);
  }
  section.querySelector('.kim-view-names').remove();
  const says = section.querySelector('.kim-says');
  choices.onclick = (event) => take(bench, event.target.closest('[data-take]')?.dataset.take, says);
  bench.sheet.open('download', section);
  section.querySelector('.kim-take').focus({preventScroll: true});
}

/** The one button for the file, where a link would be too long. */
function takes(bench, what, says) {
  const button = bench.parts.part('download').querySelector(`[data-take=${what}]`);
  button.onclick = () => take(bench, what, says);
  return button;
}

/** Make the file and save it; meanwhile, and where it cannot be made, `says` tells. */
async function take(bench, what, says) {
  if (!what) return;
  const {name} = bench.draft;
  const before = says.textContent;
  says.textContent = bench.parts.said('running');
  try {
    if (what === 'yaml') save(`${name}.yaml`, 'application/yaml', await yaml(bench));
    else if (what === 'script') save(`${name}.sh`, 'text/x-shellscript', await script(bench));
    else save(`${name}-${what}.svg`, 'image/svg+xml', await svg(bench, what));
    says.textContent = bench.sheet.name === 'link' ? before : '';
  } catch (failure) {
    if (failure instanceof Unfinished) bench.status.say('wrong', {count: Math.max(bench.problems.length, 1)}, true);
    else bench.failed(failure);
    says.textContent = bench.status.says.textContent;
  }
}

/** The draft has mistakes: nothing can be made of it yet. */
class Unfinished extends Error {}

async function script(bench) {
  const answer = await bench.ask({ask: 'script'});
  if (!answer.text) throw new Unfinished();
  return answer.text;
}

async function yaml(bench) {
  if (!bench.draft.edits) return text(new URL(bench.draft.file('yaml'), document.baseURI)); // with all that its author wrote
  return (await bench.ask({ask: 'text'})).text;
}

async function svg(bench, view) {
  const narrow = bench.player.figure.clientWidth < 600;
  const answer = await bench.ask({ask: 'picture', view, at: bench.player.time, narrow});
  if (!answer.svg) throw new Unfinished();
  const icons = new Map();
  for (const [, href] of answer.svg.matchAll(ICON)) icons.set(href, icons.get(href) ?? dataUrl(href));
  for (const [href, url] of icons) icons.set(href, await url);
  return answer.svg.replace(ICON, (_, href) => `href="${icons.get(href)}"`);
}

async function dataUrl(href) {
  const blob = await (await fetch(new URL(href, document.baseURI))).blob();
  return new Promise((done) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.readAsDataURL(blob);
  });
}

function save(name, type, content) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content], {type}));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
