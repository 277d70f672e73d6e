import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { Router, type Request, type RequestHandler, type Response } from 'express';
import multer, { MulterError } from 'multer';
import type { Log } from '../../../common/log';
import type { Visitor } from '../../door/visitor';
import { buttonForm } from '../../look/forms';
import { html, type Html } from '../../look/html';
import type { Verdict, Verdicts } from '../../verdicts';

const PAGE = '/receptionist';
const MOST_BYTES = 25 * 1024 * 1024;
/** What a form adds to its file. */
const FORM_BYTES = 64 * 1024;

/** The greeting in the owner's own voice. */
export interface GreetingDesk {
  /** Converts and keeps a recording; the file stays the caller's. */
  save(
    path: string,
  ): Promise<{ ok: true; durationMs: number } | { ok: false; code: string; error: string; remedy: string }>;
  remove(): Promise<void>;
  current(): { url: string; durationMs: number } | undefined;
}

interface GreetingOptions {
  greeting: GreetingDesk;
  verdicts: Verdicts;
  log: Log;
}

/** Uploads and removes the recorded greeting. What was uploaded does not outlast the request. */
export function greetingRoutes({ greeting, verdicts, log }: GreetingOptions): Router {
  const router = Router();
  router.post(['/receptionist/greeting', '/api/settings/greeting'], async (request, response) => {
    const upload = await receive(request, response);
    const verdict = 'verdict' in upload ? upload.verdict : await keep(greeting, upload.path);
    log.info('greeting_uploaded', { data: verdict.ok ? { kept: true } : { kept: false, code: verdict.code } });
    verdicts.answer(request, response, { verdict, page: PAGE });
  });
  const remove = async (request: Request, response: Response) => {
    await greeting.remove();
    const message = 'The recording is removed. The greeting is spoken by the voice.';
    verdicts.answer(request, response, { verdict: { ok: true, message }, page: PAGE });
  };
  router.post('/receptionist/greeting/remove', remove);
  router.delete('/api/settings/greeting', remove);
  return router;
}

const receiveFile: RequestHandler = multer({
  dest: tmpdir(),
  limits: { fileSize: MOST_BYTES, files: 1, fields: 5, parts: 8 },
}).single('greeting');

/** Reads the uploaded file, or says why not. One that says it is too large is not read at all. */
function receive(request: Request, response: Response): Promise<{ path: string } | { verdict: Verdict }> {
  if (Number(request.get('content-length')) > MOST_BYTES + FORM_BYTES) return Promise.resolve({ verdict: tooLarge });
  return new Promise((resolve) => {
    void receiveFile(request, response, (error?: unknown) => {
      if (error !== undefined) return resolve({ verdict: refusalOf(error) });
      resolve(request.file ? { path: request.file.path } : { verdict: noFile });
    });
  });
}

async function keep(greeting: GreetingDesk, path: string): Promise<Verdict> {
  try {
    const saved = await greeting.save(path);
    if (!saved.ok) return { ...saved, status: 400, field: 'greeting' };
    return { ok: true, message: `Callers now hear your recording, ${(saved.durationMs / 1_000).toFixed(1)} s long.` };
  } finally {
    await rm(path, { force: true });
  }
}

const refused = (status: number, code: string, [error, remedy]: readonly [string, string]): Verdict => ({
  ok: false,
  status,
  field: 'greeting',
  code,
  error,
  remedy,
});

const tooLarge = refused(413, 'too_large', [
  'The recording is larger than 25 MB.',
  'Save it as MP3 or M4A, and make it shorter than a minute.',
]);
const noFile = refused(400, 'missing', ['There is no file in this form.', 'Choose a recording first.']);

function refusalOf(error: unknown): Verdict {
  if (error instanceof MulterError && error.code === 'LIMIT_FILE_SIZE') return tooLarge;
  return refused(400, 'unreadable', [
    'The upload did not arrive whole.',
    'Choose the recording again and upload it once more.',
  ]);
}

/** The recording in use, and the form for another. */
export const greetingSection = (visitor: Visitor, current: ReturnType<GreetingDesk['current']>): Html => html`
  <section>
    <h2>Greeting in your own voice</h2>
    <p>
      An MP3, M4A, WAV or OGG file of at most a minute and 25 MB. It is made as loud as the voice, for the telephone.
    </p>
    ${
      current &&
      html`<p>In use:</p>
        <audio controls preload="none" src="${current.url}"></audio>
        ${buttonForm(visitor, { action: '/receptionist/greeting/remove', label: 'Remove the recording' })}`
    }
    <form method="post" action="${uploadAddress(visitor)}" enctype="multipart/form-data">
      <div class="field">
        <label for="greeting-file">Recording</label>
        <input type="file" id="greeting-file" name="greeting" accept="audio/*,.mp3,.m4a,.wav,.ogg" required />
      </div>
      <button>Upload the recording</button>
    </form>
  </section>
`;

/** A form with a file bears the proof of its page in its address, because it is needed before the file is read. */
const uploadAddress = (visitor: Visitor) =>
  'csrf' in visitor ? `/receptionist/greeting?csrf=${encodeURIComponent(visitor.csrf)}` : '/receptionist/greeting';
