// The theme's search, which waits until somebody searches: only then is the index fetched, and the theme's own worker begun.
// It stands where that worker stood, and answers to the theme's messages.

const SETUP = 0;
const READY = 1;
const QUERY = 2;
const RESULT = 3;
const INDEX = new URL('../../../search/index.json', self.location);

let setup = null;
let begun = null;
let asked = null; // the last question: while the index is on its way, those before it are forgotten

addEventListener('message', (event) => {
  const message = event.data;
  if (message.type === SETUP) {
    setup = message.data;
    postMessage({type: READY});
  } else if (message.type === QUERY && !message.data) {
    asked = null;
    answer(RESULT, {items: []});
  } else {
    asked = message;
    begun ??= begin();
    begun.then((search) => asked === message && search.postMessage(message), () => (begun = null)); // the next letter tries again
  }
});

/** The theme's worker with the whole index. */
async function begin() {
  const {docs} = await (await fetch(INDEX)).json();
  const search = new Worker('theme-search.js');
  const data = {...setup, docs};
  await new Promise((resolve, reject) => {
    search.onmessage = resolve;
    search.onerror = reject;
    search.postMessage({type: SETUP, data});
  });
  search.onmessage = (event) => postMessage(event.data);
  return search;
}

function answer(type, data) {
  postMessage({type, data});
}
