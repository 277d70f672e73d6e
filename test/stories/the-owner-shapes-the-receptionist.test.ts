import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { status } from '@grpc/grpc-js';
import request from 'supertest';
import { createApp } from '../../src/app';
import { readConfig } from '../../src/config';
import { startFrontdesk, temporaryFolder, whenDone, type Running } from '../support/frontdesk';

const start = (env: Record<string, string> = {}) => startFrontdesk({ signed: false, env });

const pageOf = async ({ url }: Running) =>
  (await fetch(`${url}/receptionist`, { headers: { accept: 'text/html' } })).text();

/** The fields of the form as a browser would send them back. */
function fieldsIn(page: string): URLSearchParams {
  const form = page.slice(page.indexOf('class="long"'), page.indexOf('class="save"'));
  const text = (escaped: string) =>
    escaped.replaceAll('&#39;', "'").replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&amp;', '&');
  const fields = new URLSearchParams();
  for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
    const [name, value] = [/name="([^"]*)"/.exec(tag)?.[1], /value="([^"]*)"/.exec(tag)?.[1]];
    if (name && (!tag.includes('checkbox') || tag.includes('checked'))) fields.set(name, text(value ?? ''));
  }
  for (const [, name = '', value = ''] of form.matchAll(/<textarea[^>]*name="([^"]*)"[^>]*>([^<]*)</g)) {
    fields.set(name, text(value));
  }
  return fields;
}

/** Sends the form as a browser on this machine does. */
async function save(frontdesk: Running, changes: Record<string, string>) {
  const fields = fieldsIn(await pageOf(frontdesk));
  for (const [name, value] of Object.entries(changes)) fields.set(name, value);
  const answer = await fetch(`${frontdesk.url}/receptionist`, {
    method: 'POST',
    headers: { accept: 'text/html', origin: frontdesk.url },
    body: fields,
    redirect: 'manual',
  });
  return { status: answer.status, page: await answer.text() };
}

/** As the button beside the voice sends the form. */
async function sample(frontdesk: Running, changes: Record<string, string>): Promise<string> {
  const fields = fieldsIn(await pageOf(frontdesk));
  for (const [name, value] of Object.entries(changes)) fields.set(name, value);
  const headers = { accept: 'text/html', origin: frontdesk.url };
  return (await fetch(`${frontdesk.url}/receptionist/sample`, { method: 'POST', headers, body: fields })).text();
}

const settings = async ({ url }: Running, init: RequestInit = {}) => {
  const answer = await fetch(`${url}/api/settings`, { headers: { 'content-type': 'application/json' }, ...init });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
};
const profileOf = async (frontdesk: Running) => (await settings(frontdesk)).body['profile'] as Record<string, unknown>;

test('the form shows the whole profile: sent back as it is, it changes nothing', async () => {
  const frontdesk = await start();
  const before = await profileOf(frontdesk);
  const { status } = await save(frontdesk, {});
  expect(status).toBe(303);
  const after = await profileOf(frontdesk);
  expect({ ...after, messages: undefined }).toEqual({ ...before, messages: undefined });
});

test('what is saved is used by the next call, survives a restart, and can be undone', async () => {
  const frontdesk = await start();
  const running = await frontdesk.post('/api/voice/incoming', {}, 'CA1');
  expect(running.xml).toContain('Maple Street');
  expect((await save(frontdesk, { businessName: 'Harbour Dentists', greeting: '' })).status).toBe(303);
  expect((await frontdesk.post('/api/voice/incoming', {}, 'CA2')).xml).toContain('Harbour Dentists');
  expect((await frontdesk.post('/api/voice/process', { SpeechResult: 'who is this' }, 'CA1')).xml).not.toContain(
    'Harbour',
  );

  const again = createApp(readConfig({ DATA_DIR: join(frontdesk.directory, 'data') }));
  whenDone(() => again.close());
  const kept = await request(again).get('/api/settings');
  expect(kept.body).toMatchObject({ profile: { businessName: 'Harbour Dentists' }, can_undo: true });

  await fetch(`${frontdesk.url}/api/settings/undo`, { method: 'POST' });
  expect((await frontdesk.post('/api/voice/incoming', {}, 'CA3')).xml).toContain('Maple Street');
});

test('hours and holidays are taken as people write them', async () => {
  const frontdesk = await start();
  const written = { 'hours.monday': '9-5', 'hours.tuesday': '9am - 12:30pm, 1.30pm to 6pm', 'hours.sunday': 'closed' };
  await save(frontdesk, { ...written, holidays: '2026-12-24 9:00 – 12:00 Christmas Eve\n2026-12-25 Christmas Day' });
  expect(await profileOf(frontdesk)).toMatchObject({
    hours: { monday: ['09:00-17:00'], tuesday: ['09:00-12:30', '13:30-18:00'], sunday: [] },
    holidays: [
      { date: '2026-12-24', hours: ['09:00-12:00'], name: 'Christmas Eve' },
      { date: '2026-12-25', hours: [], name: 'Christmas Day' },
    ],
  });
});

test.each([
  ['timeZone', 'Mars/Olympus', 'is not a time zone'],
  ['hours.monday', 'from nine', 'must look like'],
  ['holidays', '25 December', 'date like 2026-12-25'],
  ['transfer.number', '12', 'E.164'],
  ['businessName', '', 'is missing'],
])('a wrong %s is said beside it, what was typed stays, and nothing is saved', async (field, value, words) => {
  const frontdesk = await start();
  const before = await profileOf(frontdesk);
  const { status, page } = await save(frontdesk, { [field]: value, tone: 'cheerful & brief' });
  expect(status).toBe(422);
  expect(page).toContain(`id="${field}-error"`);
  expect(page).toContain(words);
  expect(page).toContain('cheerful &amp; brief');
  expect(await profileOf(frontdesk)).toEqual(before);
});

test('hostile words in every field come back as words', async () => {
  const frontdesk = await start();
  const hostile = '"><script>alert(1)</script><img src=x onerror=alert(2)>';
  const names = [...fieldsIn(await pageOf(frontdesk)).keys()].filter((name) => !/^(?:hours|csrf)/.test(name));
  const { status, page } = await save(frontdesk, Object.fromEntries(names.map((name) => [name, hostile])));
  expect(status).toBe(422);
  expect(page).not.toContain('<script>alert');
  expect(page).not.toContain('<img');
});

test('scripts read and write the profile, and hear which field is wrong', async () => {
  const frontdesk = await start();
  const profile = await profileOf(frontdesk);
  const put = (body: unknown) => settings(frontdesk, { method: 'PUT', body: JSON.stringify(body) });
  expect(await put({ ...profile, businessName: 'Corner Bakery' })).toMatchObject({
    status: 200,
    body: { success: true },
  });
  const wrong = await put({ ...profile, timeZone: 'nowhere' });
  expect(wrong).toMatchObject({ status: 400, body: { success: false, field: 'timeZone', code: 'invalid_profile' } });
  expect(await put({ ...profile, greetingAudio: '/etc/passwd' })).toMatchObject({ body: { field: 'greetingAudio' } });
  const file = join(await temporaryFolder(), 'profile.json');
  writeFileSync(file, await (await fetch(`${frontdesk.url}/api/settings/export`)).text());
  const seeded = await start({ PROFILE_FILE: file });
  expect(await profileOf(seeded)).toMatchObject({ businessName: 'Corner Bakery' });
});

test('a voice is chosen from those Google has, and heard before it is saved', async () => {
  const frontdesk = await startFrontdesk({ signed: false, voice: true });
  expect(await pageOf(frontdesk)).toContain('<option value="en-US-Standard-C">');
  const heard = await sample(frontdesk, { voice: 'en-GB-Neural2-A', greeting: 'Juniper Lane Opticians.' });
  expect(frontdesk.voice.requests.at(-1)).toMatchObject({ voice: 'en-GB-Neural2-A', text: 'Juniper Lane Opticians.' });
  const [, audio = ''] = /<audio [^>]*src="([^"]+)"/.exec(heard) ?? [];
  expect(Buffer.from(await (await fetch(frontdesk.url + audio)).arrayBuffer()).toString('latin1', 0, 4)).toBe('RIFF');
  expect(fieldsIn(heard).get('greeting')).toBe('Juniper Lane Opticians.');
  expect((await profileOf(frontdesk))['voice']).toBeUndefined();
});

test.each([
  ['no Google key', { voice: false }, 'en-US-Neural2-F', 'There are no Google credentials'],
  ['no name', { voice: true }, ' ', 'Name a voice first'],
  ['a voice that is not there', { voice: true }, 'en-US-Gone-A', 'Google has no voice en-US-Gone-A'],
])('a sample with %s is refused in words', async (...[, setup, voice, words]) => {
  const frontdesk = await startFrontdesk({ signed: false, ...setup });
  if (setup.voice) frontdesk.voice.voices = { names: ['en-US-Neural2-F'], refuse: status.INVALID_ARGUMENT };
  expect(await sample(frontdesk, { voice })).toContain(words);
});

test('a fact that a script wrote over two lines is still one fact after the form', async () => {
  const frontdesk = await start();
  const profile = { ...(await profileOf(frontdesk)), facts: ['Parking is free.\n  Behind the house.', 'No dogs.'] };
  expect((await settings(frontdesk, { method: 'PUT', body: JSON.stringify(profile) })).status).toBe(200);
  expect((await save(frontdesk, {})).status).toBe(303);
  expect((await profileOf(frontdesk))['facts']).toEqual(['Parking is free. Behind the house.', 'No dogs.']);
});

test('a holiday keeps its name, whatever it begins with', async () => {
  const frontdesk = await start();
  const holidays = [
    { date: '2026-09-11', name: '9-11 Memorial', hours: [] },
    { date: '2026-10-01', name: 'Amnesty day', hours: [] },
    { date: '2026-07-04', name: 'American Independence Day', hours: ['09:00-12:00'] },
    { date: '2026-05-01', name: '24-7 strike', hours: [] },
  ];
  const profile = { ...(await profileOf(frontdesk)), holidays };
  expect((await settings(frontdesk, { method: 'PUT', body: JSON.stringify(profile) })).status).toBe(200);
  expect((await save(frontdesk, {})).status).toBe(303);
  expect((await profileOf(frontdesk))['holidays']).toEqual(holidays);
});

test('words that would be too many for a call are refused by their field', async () => {
  const frontdesk = await start();
  const profile = { ...(await profileOf(frontdesk)), greeting: 'Hello. '.repeat(1_000) };
  const answer = await settings(frontdesk, { method: 'PUT', body: JSON.stringify(profile) });
  expect([answer.status, answer.body['field']]).toEqual([400, 'greeting']);
});
