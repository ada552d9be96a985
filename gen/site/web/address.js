// A figure's state as the fragment of an address: which run, when, which views, and what the reader changed.
//
//     #run=self-healing&t=12.05~1&v=board,events&s=first-journey&e=…
//
// `t` is in seconds, behind a tilde the number among the steps of that very moment. `e` holds the changed files and
// steps as JSON, compressed; it is data, and is only ever shown as text.

export const LONGEST = 8192; // characters of an address that one can rely on
const MOST_READ = 1_000_000; // bytes of what a link may unfold to
const US = 1_000_000;

/** Whether a fragment is about a figure. */
export function isState(fragment) {
  return fragment.startsWith('#run=');
}

/** The fragment for a state. */
export async function fragment({run, time, nth, views, start, edits}) {
  const parts = [`run=${encodeURIComponent(run)}`, `t=${time / US}${nth ? `~${nth}` : ''}`];
  if (views) parts.push(`v=${views.join(',')}`);
  if (start) parts.push(`s=${encodeURIComponent(start)}`);
  if (edits) parts.push(`e=${await packed(edits)}`);
  return `#${parts.join('&')}`;
}

/** The state that a fragment tells; what cannot be read is left out. */
export async function state(text) {
  const found = new URLSearchParams(text.slice(1));
  const [seconds, nth] = (found.get('t') ?? '').split('~');
  const time = Math.round(Number(seconds) * US);
  return {
    run: found.get('run'),
    time: found.has('t') && Number.isSafeInteger(time) ? time : null,
    nth: Math.max(Math.trunc(Number(nth)), 0) || 0,
    views: found.has('v') ? [...new Set(found.get('v').split(','))] : null,
    start: found.get('s'),
    edits: found.has('e') ? await unpacked(found.get('e')) : null,
  };
}

async function packed(value) {
  const stream = new Blob([JSON.stringify(value)]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

async function unpacked(text) {
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    let json = '';
    const decoder = new TextDecoder();
    for (const reader = stream.getReader(); ;) {
      const {done, value} = await reader.read();
      if (done) return edits(JSON.parse(json + decoder.decode()));
      json += decoder.decode(value, {stream: true});
      if (json.length > MOST_READ) return reader.cancel().then(() => null);
    }
  } catch {
    return null;
  }
}

/** Only texts by name, whatever a link says. */
function edits({files = {}, steps = null}) {
  const texts = Object.entries(files).filter(([, text]) => typeof text === 'string');
  return {files: Object.fromEntries(texts), steps: typeof steps === 'string' ? steps : null};
}
