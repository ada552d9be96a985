// The page's one worker: started when somebody asks, ended when a run takes too long, and then started afresh.

const LONGEST_MS = 10_000; // of real time, for one question

let worker = null;
let ready = null; // a promise: the engine has been loaded
let waiting = new Map(); // by the number of the question
let next = 1;
const watchers = new Set();

/** What went wrong, for people: `stopped` after too long a time, `missing` if the engine could not be loaded, else its words. */
export class Failure extends Error {
  constructor(kind, message = '') {
    super(message || kind);
    this.kind = kind;
  }
}

/** Hear how far the loading is, as a number from 0 to 1; 1 means ready. */
export function onProgress(watcher) {
  watchers.add(watcher);
}

function tell(part) {
  for (const watcher of watchers) watcher(part);
}

/** Begin to load, unless that has begun. Nothing of the engine is fetched before the first call. */
export function begin() {
  ready ??= launch();
  return ready;
}

async function launch() {
  tell(0);
  const here = new URL('runtime.json', import.meta.url);
  const response = await fetch(here).catch(() => null);
  if (!response?.ok) return gone(new Failure('missing'));
  const found = await response.json();
  const runtime = {...found, python: new URL(found.python, here).href, engine: new URL(found.engine, here).href};
  return new Promise((done, failed) => {
    worker = new Worker(new URL('worker.js', import.meta.url), {type: 'module'});
    worker.onmessage = ({data}) => {
      if (data.ready) tell(1);
      if (data.ready) done();
      else if (data.loaded) tell(Math.min(data.loaded / data.of, 0.99));
      else if (data.begun) watch(data.id);
      else if (data.id) settle(data);
      else gone(new Failure('missing', data.failure)).catch(failed);
    };
    worker.onerror = (event) => gone(new Failure('missing', event.message)).catch(failed);
    worker.postMessage({start: runtime});
  });
}

/** The worker is of no use any more: the next question gets a fresh one. */
async function gone(failure) {
  worker?.terminate();
  worker = null;
  ready = null;
  for (const {failed, timer} of waiting.values()) {
    clearTimeout(timer);
    failed(failure);
  }
  waiting = new Map();
  throw failure;
}

/** A run has begun: it has so long. */
function watch(id) {
  const one = waiting.get(id);
  if (one) one.timer = setTimeout(() => gone(new Failure('stopped')).catch(() => {}), LONGEST_MS);
}

function settle({id, answer, failure}) {
  const one = waiting.get(id);
  if (!one) return;
  waiting.delete(id);
  clearTimeout(one.timer);
  if (failure === undefined) one.done(JSON.parse(answer));
  else one.failed(new Failure('broken', failure));
}

/** Ask the engine; the answer is as gen/site/browser.py tells. Throws a Failure. */
export async function ask(question) {
  await begin();
  return new Promise((done, failed) => {
    const id = next++;
    waiting.set(id, {done, failed});
    worker.postMessage({id, question: JSON.stringify(question)});
  });
}
