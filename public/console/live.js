// Lists that move: when the call book changes, the list is fetched anew and put in the old one's place.
const list = document.querySelector('[data-live-list]') ?? document.querySelector('.transcript');
const selector = list?.id ? `#${list.id}` : '.transcript';
const AGAIN_MS = 60_000;
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
  } finally {
    busy = false;
  }
}

// A browser comes again by itself when a stream ends, but not when there were too many.
function listen() {
  const changes = new EventSource('/api/calls/live');
  changes.addEventListener('message', refresh);
  changes.addEventListener('error', () => {
    if (changes.readyState === EventSource.CLOSED) setTimeout(listen, AGAIN_MS);
  });
}

if (list) listen();
