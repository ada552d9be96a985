// The engine in the page: Python (Pyodide) and Graphviz in a worker of their own. It answers questions, one after the other.
//
// In:  {start: runtime}, once (see runtime.json), then {id, question} with a question for gen/site/browser.py, as JSON.
// Out: {loaded, of} in bytes while it starts, {ready: true}, then {id, begun} and {id, answer} or
// {id, failure}.

const PLACE = '/home/pyodide/engine';
const BEGIN = `
import gc, sys
gc.disable()  # what is imported stays: no need to look for garbage in it, now or ever
sys.path.insert(0, "${PLACE}")
from gen.site.browser import Door
gc.freeze()
gc.enable()
`;
let door = null;
let runtime = null;
let sourcesCome = null;

/** Fetch, and tell how much of everything has come. */
function counting(of) {
  const plain = self.fetch.bind(self);
  let loaded = 0;
  counting.over = () => (self.fetch = plain);
  self.fetch = async (...request) => {
    const response = await plain(...request);
    if (!response.body) return response;
    const counter = new TransformStream({
      transform(chunk, controller) {
        loaded += chunk.byteLength;
        postMessage({loaded: Math.min(loaded, of), of});
        controller.enqueue(chunk);
      },
    });
    return new Response(response.body.pipeThrough(counter), {status: response.status, headers: response.headers});
  };
}

async function bytes(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

async function start() {
  counting(runtime.bytes);
  const engine = bytes(`${runtime.engine}engine.pack`);
  const graphviz = import(`${runtime.python}viz.js`).then((module) => module.instance());
  const {loadPyodide} = await import(`${runtime.python}pyodide.mjs`);
  const python = await loadPyodide({
    indexURL: runtime.python,
    stdLibURL: `${runtime.engine}python_stdlib.zip`,
    lockFileURL: `${runtime.engine}pyodide-lock.json`,
  });
  python.unpackArchive(await engine, 'gztar', {extractDir: PLACE});
  python.runPython(BEGIN);
  const viz = await graphviz;
  counting.over();
  door = python.globals.get('Door')((dot) => viz.renderString(dot, {format: 'plain'}));
  door.python = python;
}

/** The source of the engine, which only those need who ask for the reasons. */
function sources() {
  sourcesCome ??= bytes(`${runtime.engine}sources.pack`).then((pack) => door.python.unpackArchive(pack, 'gztar', {extractDir: PLACE}));
  return sourcesCome;
}

async function answered({id, question}) {
  try {
    if (JSON.parse(question).ask === 'why') await sources();
    postMessage({id, begun: true});
    postMessage({id, answer: door.answer(question)});
  } catch (error) {
    postMessage({id, failure: String(error.message ?? error)});
  }
}

let turn = null;
self.onmessage = ({data}) => {
  if (data.start) {
    runtime = data.start;
    turn = start().then(() => postMessage({ready: true}));
    turn.catch((error) => postMessage({failure: String(error.message ?? error)}));
    return;
  }
  turn = turn.then(() => answered(data));
};
