import { Router } from 'express';
import type { ReceptionistDesk, SavedProfile } from './receptionist';

/** A path would have the server read any file of its machine. */
const namesAnotherFile = (input: unknown, { profile }: ReceptionistDesk): boolean => {
  const named = (input as { greetingAudio?: unknown } | undefined)?.greetingAudio;
  return named !== undefined && named !== profile().greetingAudio;
};

const onlyUploads: SavedProfile = {
  ok: false,
  problems: [{ field: 'greetingAudio', problem: 'cannot be set here; upload a recording to /api/settings/greeting' }],
};

/** /api/settings: the profile for scripts. PUT takes a whole profile and keeps it, or says what is wrong with it. */
export function settingsApi(receptionist: ReceptionistDesk): Router {
  const router = Router();
  router.get('/api/settings', (_request, response) => {
    response.json({ profile: receptionist.profile(), can_undo: receptionist.canUndoProfile() });
  });
  router.put('/api/settings', async (request, response) => {
    const body = request.body as { profile?: unknown } | undefined;
    const input = body?.profile ?? body;
    const saved = namesAnotherFile(input, receptionist) ? onlyUploads : await receptionist.saveProfile(input);
    if (saved.ok) return void response.json({ success: true, profile: saved.profile });
    const [first] = saved.problems;
    const field = first?.field ?? '';
    response.status(400).json({
      success: false,
      field: field || null,
      code: 'invalid_profile',
      error: first ? `${field || 'The profile'} ${first.problem}` : 'This is not a profile.',
      remedy: 'GET /api/settings shows a profile with every field; correct the fields and send the whole again.',
      problems: saved.problems,
    });
  });
  router.post('/api/settings/undo', async (_request, response) => {
    const profile = await receptionist.undoProfile();
    response.json({ success: profile !== undefined, profile: receptionist.profile() });
  });
  router.get('/api/settings/export', (_request, response) => {
    response.set('Content-Disposition', 'attachment; filename="profile.json"').type('json');
    response.send(receptionist.exportProfile());
  });
  return router;
}
