// Lists that move: when the call book changes, the list is fetched anew and put in the old one's place.
const list = document.querySelector('[data-live-list]') ?? document.querySelector('.transcript');
const selector = list?.id ? `#${list.id}` : '.transcript';
const AGAIN_MS = 60_000;
const SILENT_MS = 10_000;
let busy = false;

async function refresh() {
  const shown = document.querySelector(selector);
  if (busy || !shown || shown.contains(document.activeElement)) return; // nothing moves under somebody's hand
  busy = true;
  try {
    const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const fresh = page.querySelector(selector);
    if (answer.ok && fresh && fresh.innerHTML !== shown.innerHTML) shown.replaceWith(document.adoptNode(fresh));
  } catch {
    // Nobody answers just now; the next time somebody may.
  } finally {
    busy = false;
  }
}

// What has changed before the stream began, or while it was broken off, is fetched when it begins. A browser comes again
// by itself when a stream ends, but not when there were too many. A proxy that holds answers back lets none begin: then
// the list is fetched again and again, while somebody looks at it.
function listen() {
  const changes = new EventSource('/api/calls/live');
  const held = setTimeout(() => {
    changes.close();
    lookNowAndThen();
  }, SILENT_MS);
  changes.addEventListener('begun', () => {
    clearTimeout(held);
    refresh();
  });
  changes.addEventListener('message', refresh);
  changes.addEventListener('error', () => {
    if (changes.readyState !== EventSource.CLOSED) return;
    clearTimeout(held);
    setTimeout(listen, AGAIN_MS);
  });
}

function lookNowAndThen() {
  setInterval(() => {
    if (document.visibilityState === 'visible') refresh();
  }, SILENT_MS);
}

if (list) listen();
