import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import request from 'supertest';
import type { ChecklistItem } from '../../src/console/ports';
import { startConsole } from './kit';

const PUBLIC = join(__dirname, '../../public/console');
const HOSTILE = `"><script>alert(1)</script><img src=x onerror=alert(1)>'\`&{{1}}\${1}</textarea></title>`;

describe('what people enter', () => {
  test('never becomes markup, whatever the field', async () => {
    const item = (state: ChecklistItem['state']): ChecklistItem => ({
      title: HOSTILE,
      state,
      detail: HOSTILE,
      href: HOSTILE,
    });
    const running = await startConsole({
      checklist: () => Promise.resolve([item('wrong'), item('missing'), item('works')]),
    });
    const owner = running.ownersBrowser();
    running.outside.twilio = {
      ok: false,
      status: 400,
      field: 'auth_token',
      code: HOSTILE,
      error: HOSTILE,
      remedy: HOSTILE,
    };
    running.outside.groq = { ok: false, message: HOSTILE, remedy: HOSTILE };
    await running.settings.savePublicBaseUrl(HOSTILE);
    await running.settings.saveTwilio({ accountSid: HOSTILE, authToken: HOSTILE, phoneNumber: HOSTILE });
    const pages: string[] = [];
    const see = async (path: string) => void pages.push((await owner.open(path)).text);
    await see('/credentials');
    for (const [path, fields] of [
      ['/api/twilio/credentials', { account_sid: HOSTILE, auth_token: 'x', phone_number: HOSTILE }],
      ['/credentials/groq', { groq_key: 'gsk' }],
    ] as const) {
      const { headers } = await owner.submit(path, fields);
      await see(headers['location'] ?? '');
    }
    await see('/');
    await see('/access');
    pages.push((await owner.submit('/access/tokens', { name: HOSTILE })).text);
    await see('/access');
    await see(`/login?said=${encodeURIComponent(HOSTILE)}`);
    await see(`/credentials?said=${encodeURIComponent(HOSTILE)}`);
    await see(`/${encodeURIComponent(HOSTILE)}`);
    for (const text of pages) {
      expect(text).not.toMatch(/<script>|<img|javascript:/);
      expect(text.match(/<script/g)).toHaveLength(1);
    }
    expect(pages.join('').match(/&lt;script&gt;/g)?.length).toBeGreaterThan(10);
  });

  test('a set-up key that is markup stays text', async () => {
    const running = await startConsole();
    const here = running.ownersBrowser();
    expect((await here.open(`/setup?key=${encodeURIComponent(HOSTILE)}`)).text).not.toContain('<script>');
  });
});

describe('the checklist', () => {
  test('says the next step first, what is wrong before what is missing, each with its link', async () => {
    const items: ChecklistItem[] = [
      { title: 'Twilio', state: 'works', detail: 'The number is yours.', href: '/credentials' },
      { title: 'Voice', state: 'missing', detail: 'No key.', href: '/credentials#google' },
      { title: 'Number', state: 'wrong', detail: 'It points elsewhere.', href: '/number' },
    ];
    const { url } = await startConsole({ checklist: () => Promise.resolve(items) });
    const { text } = await request(url).get('/');
    expect(text).toMatch(/Next step:\s*<a href="\/number">Number<\/a>/);
    for (const { title, href } of items) expect(text).toContain(`<a href="${href}">${title}</a>`);
    expect(text).toContain('<a href="/setup">Password</a>');
  });
});

describe('every page', () => {
  test.each(['/', '/credentials', '/access', '/login', '/setup'])(
    '%s is complete for a screen reader and small',
    async (path) => {
      const { url } = await startConsole();
      const { text, status } = await request(url).get(path);
      expect(status).toBe(200);
      expect(text).toMatch(/^<!doctype html>\s*<html lang="en">/);
      expect(text.match(/<h1>/g)).toHaveLength(1);
      expect(text).toContain('<a class="skip" href="#main">');
      expect(text).not.toMatch(/\sstyle="|\son\w+="|<style|<script(?! src="\/console\/page\.js" defer)/);
      const ids = [...text.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id ?? '');
      expect(new Set(ids).size).toBe(ids.length);
      for (const [, target = ''] of text.matchAll(/(?:for|aria-describedby)="([^"]+)"/g)) {
        for (const id of target.split(' ')) expect(ids).toContain(id);
      }
      const inputs = [...text.matchAll(/<(?:input|textarea)[^>]*>/g)]
        .map(([tag]) => tag)
        .filter((tag) => !/hidden/.test(tag));
      for (const tag of inputs) expect(text).toContain(`for="${/\sid="([^"]+)"/.exec(tag)?.[1] ?? 'none'}"`);
      const assets = ['style.css', 'page.js'].reduce((sum, name) => sum + statSync(join(PUBLIC, name)).size, 0);
      expect(Buffer.byteLength(text) + assets).toBeLessThan(100_000);
    },
  );

  test('the stylesheet is small, and fetches nothing', () => {
    const css = readFileSync(join(PUBLIC, 'style.css'), 'utf8');
    expect(Buffer.byteLength(css)).toBeLessThan(10_000);
    expect(css).not.toMatch(/url\(|@import/);
  });

  test.each(['light', 'dark'])('its colours can be read in the %s', (mode) => {
    const css = readFileSync(join(PUBLIC, 'style.css'), 'utf8');
    const blocks = [...css.matchAll(/:root \{([^}]*)\}/g)].map(([, block]) => block ?? '');
    const colours = new Map(
      [...(blocks[mode === 'light' ? 0 : 1] ?? '').matchAll(/--([\w-]+): (#\w{6})/g)].map(([, name, value]) => [
        name,
        value,
      ]),
    );
    const contrast = (one: string, other: string) => {
      const [light = 0, dark = 0] = [one, other]
        .map((name) => luminance(colours.get(name) ?? ''))
        .sort((a, b) => b - a);
      return (light + 0.05) / (dark + 0.05);
    };
    for (const ground of ['ground', 'raised']) {
      for (const text of ['text', 'faint', 'accent', 'good', 'bad', 'wait'])
        expect(contrast(text, ground)).toBeGreaterThan(4.5);
      expect(contrast('edge', ground)).toBeGreaterThan(3);
    }
    for (const box of ['good-ground', 'bad-ground'])
      for (const text of ['text', 'accent']) expect(contrast(text, box)).toBeGreaterThan(4.5);
    expect(contrast('bad', 'bad-ground')).toBeGreaterThan(4.5);
    expect(contrast('on-accent', 'accent')).toBeGreaterThan(4.5);
  });
});

/** Relative luminance of #rrggbb (WCAG 2.2). */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
