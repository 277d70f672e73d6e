import { Router } from 'express';
import type { KeptMessage } from '../../../common/call-record';
import { refuse } from '../../answers';
import type { Visitor } from '../../door/visitor';
import { buttonForm } from '../../look/forms';
import { html, type Content } from '../../look/html';
import type { CallDesk } from './desk';
import { durationWords } from './words';

const NAME = /^(RE[0-9a-f]{32})\.wav$/;

/** /voicemails: the files of callers' recordings, and another try at one that could not be fetched. */
export function voicemailRoutes(calls: CallDesk): Router {
  const router = Router();
  router.get('/voicemails/:name', async (request, response) => {
    const [, sid = ''] = NAME.exec(request.params['name']) ?? [];
    const file = await calls.voicemailFile(sid);
    if (file === undefined) return refuse(request, response, noVoicemail);
    response.sendFile(file, {
      dotfiles: 'allow',
      headers: { 'Content-Type': 'audio/wav', 'Cache-Control': 'private' },
    });
  });
  router.post('/voicemails/:sid/again', async (request, response) => {
    if (!(await calls.fetchAgain(request.params['sid']))) return refuse(request, response, noVoicemail);
    response.redirect(303, '/messages');
  });
  return router;
}

const noVoicemail = {
  status: 404,
  code: 'no_voicemail',
  error: 'There is no such recording here.',
  remedy: 'It may not be fetched yet, or have been removed.',
};

/** A voicemail to be heard, or why not yet. */
export function voicemailPart(visitor: Visitor, { voicemail }: KeptMessage): Content {
  if (!voicemail) return undefined;
  const { sid, seconds, here, givenUp, gone } = voicemail;
  const title = `Voicemail, ${durationWords(seconds)}`;
  if (here)
    return html`<p>${title}</p>
      <audio controls preload="none" src="/voicemails/${sid}.wav" aria-label="${title}"></audio>`;
  if (gone) return html`<p>${title}; it was kept as long as your rules say, and removed.</p>`;
  if (!givenUp) return html`<p>${title}; it is being fetched.</p>`;
  return html`<p>${title}; it could not be fetched from Twilio.</p>
    ${buttonForm(visitor, { action: `/voicemails/${sid}/again`, label: 'Try again' })}`;
}

/** What a message is about, in words. */
export const reasonWords = ({ reason, voicemail }: KeptMessage): Content =>
  reason ?? (voicemail ? undefined : 'No reason was given.');
