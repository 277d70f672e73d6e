// A telephone: posts what the caller does, plays what the call says, and shows what happened.
const byId = (id) => document.getElementById(id);
const csrf = document.querySelector('meta[name="csrf-token"]')?.content ?? '';
const [line, words, talk] = [byId('line'), byId('words'), byId('talk')];
const whileTalking = [
  byId('hang-up'),
  words,
  byId('say'),
  byId('microphone'),
  ...document.querySelectorAll('[data-key]'),
];
const synthesis = window.speechSynthesis;

let call; // { id, events }
let playing = Promise.resolve(); // what is heard, one after the other
let stopSound = () => {};
let round = 0; // what was queued before an interruption is not played any more

byId('telephone').hidden = false;

async function post(path, fields = {}) {
  const answer = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', 'x-csrf-token': csrf },
    body: JSON.stringify(fields),
  });
  const body = await answer.json();
  if (!answer.ok) line.textContent = `${body.error} ${body.remedy}`;
  return answer.ok ? body : undefined;
}

function element(name, text, className) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function playClip(url) {
  return new Promise((resolve) => {
    const audio = new Audio(url);
    stopSound = () => {
      audio.pause();
      resolve();
    };
    audio.addEventListener('ended', () => {
      document.body.dataset.clipsHeard = String(Number(document.body.dataset.clipsHeard ?? 0) + 1);
      resolve();
    });
    audio.addEventListener('error', resolve);
    audio.play().catch(resolve);
  });
}

/** The browser's own voice; where it has none, the time the words would take. */
function speak(text, durationMs) {
  return new Promise((resolve) => {
    const limit = setTimeout(resolve, durationMs + 2_000);
    const done = () => {
      clearTimeout(limit);
      resolve();
    };
    stopSound = () => {
      synthesis?.cancel();
      done();
    };
    if (!synthesis || synthesis.getVoices().length === 0) return void setTimeout(done, durationMs);
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.onend = done;
    utterance.onerror = done;
    synthesis.speak(utterance);
  });
}

function addLine(who, text, url) {
  byId('nothing-said').hidden = true;
  const item = element('li', undefined, who === 'You' ? 'caller' : 'frontdesk');
  item.append(element('span', who, 'who'), element('span', text || '(a recording)'));
  if (url) {
    const again = element('button', 'Hear again', 'quiet small');
    again.type = 'button';
    again.addEventListener('click', () => new Audio(url).play());
    item.append(again);
  }
  byId('conversation').append(item);
  item.scrollIntoView({ block: 'nearest' });
}

const shows = {
  heard({ by, text, url, durationMs }) {
    addLine('Frontdesk', text, url);
    const mine = round;
    playing = playing.then(() => {
      if (mine !== round) return undefined;
      line.textContent = 'It speaks. You may talk over it.';
      return by === 'play' && url ? playClip(url) : speak(text, durationMs);
    });
  },
  listening() {
    const mine = round;
    playing = playing.then(() => {
      if (mine === round && call) line.textContent = 'It listens.';
    });
  },
  caller({ text }) {
    if (text.startsWith('(')) return addLine('You', text);
    quiet();
    addLine('You', text);
    line.textContent = 'It thinks.';
    return undefined;
  },
  timing(timing) {
    byId('inside').hidden = false;
    const { turn, rung, firstWordsMs, firstAudioMs, wholeReplyMs } = timing;
    const row = element('tr');
    const cells = [String(turn), rung, `${firstWordsMs} ms`, `${firstAudioMs} ms`, `${wholeReplyMs} ms`];
    row.append(...cells.map((text) => element('td', text)));
    const bar = element('td');
    bar.append(waterfall(firstWordsMs, firstAudioMs, wholeReplyMs));
    row.append(bar);
    byId('timings').append(row);
  },
  twiml({ xml, path, ms }) {
    byId('inside').hidden = false;
    byId('twiml').append(element('p', `${path}, answered in ${ms} ms`), element('pre', xml));
  },
  problem({ text }) {
    addLine('Problem', text);
  },
  ended({ by }) {
    call?.events.close();
    call = undefined;
    playing = playing.then(() => {
      line.textContent = by === 'caller' ? 'You hung up.' : 'The call is over.';
      ready(false);
    });
  },
};

/** Three marks on one scale, drawn as an SVG so that no style is set from here. */
function waterfall(...marks) {
  const namespace = 'http://www.w3.org/2000/svg';
  const longest = Math.max(1, ...marks);
  const picture = document.createElementNS(namespace, 'svg');
  picture.setAttribute('viewBox', '0 0 100 12');
  picture.setAttribute('preserveAspectRatio', 'none');
  picture.setAttribute('aria-hidden', 'true');
  marks.forEach((ms, index) => {
    const bar = document.createElementNS(namespace, 'rect');
    bar.setAttribute('x', '0');
    bar.setAttribute('y', String(index * 4));
    bar.setAttribute('height', '3');
    bar.setAttribute('width', String(Math.max(1, (ms / longest) * 100)));
    picture.append(bar);
  });
  return picture;
}

function quiet() {
  round += 1;
  stopSound();
  playing = Promise.resolve();
}

function ready(talking) {
  byId('dial').disabled = talking;
  for (const control of whileTalking) control.disabled = !talking;
  (talking ? words : byId('dial')).focus();
}

byId('dial').addEventListener('click', async () => {
  byId('conversation').replaceChildren();
  byId('timings').replaceChildren();
  byId('twiml').replaceChildren();
  line.textContent = 'It rings.';
  const dialled = await post('/api/try');
  if (!dialled) return;
  const events = new EventSource(`/api/try/${dialled.id}/events`);
  call = { id: dialled.id, events };
  events.addEventListener('message', ({ data }) => {
    const event = JSON.parse(data);
    shows[event.kind]?.(event);
  });
  events.addEventListener('error', () => {
    if (call?.events !== events || events.readyState !== EventSource.CLOSED) return;
    line.textContent = 'The connection to Frontdesk is lost.';
    call = undefined;
    ready(false);
  });
  ready(true);
});

byId('hang-up').addEventListener('click', () => {
  quiet();
  if (call) void post(`/api/try/${call.id}/hang-up`);
});

async function say(text) {
  if (!call || text.trim() === '') return;
  if (await post(`/api/try/${call.id}/say`, { words: text })) words.value = '';
}

talk.addEventListener('submit', (event) => {
  event.preventDefault();
  void say(words.value);
});

let toldTyping = 0;
words.addEventListener('input', () => {
  if (!call || Date.now() - toldTyping < 5_000) return;
  toldTyping = Date.now();
  void post(`/api/try/${call.id}/typing`);
});

for (const key of document.querySelectorAll('[data-key]')) {
  key.addEventListener('click', () => call && void post(`/api/try/${call.id}/press`, { keys: key.dataset.key }));
}

const Recognition = window.SpeechRecognition ?? window.webkitSpeechRecognition;
if (Recognition) {
  const microphone = byId('microphone');
  microphone.hidden = false;
  byId('microphone-note').hidden = false;
  let recognition;
  microphone.addEventListener('click', () => {
    if (recognition) return void recognition.stop();
    recognition = new Recognition();
    recognition.lang = byId('telephone').dataset.language;
    recognition.onresult = ({ results }) => void say(results[results.length - 1][0].transcript);
    recognition.onerror = ({ error }) => (line.textContent = `The microphone does not work here (${error}).`);
    recognition.onend = () => {
      recognition = undefined;
      microphone.setAttribute('aria-pressed', 'false');
    };
    microphone.setAttribute('aria-pressed', 'true');
    recognition.start();
  });
}
