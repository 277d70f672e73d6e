import { sql } from 'kysely';
import { openOffice, someProfile } from './kit';

const TWILIO = { accountSid: 'AC1', authToken: 'page-token', phoneNumber: '+12025550100' };

describe('small values that others keep', () => {
  test('are there at once and after a restart, and can be removed', async () => {
    const office = openOffice();
    const settings = await office.start();
    expect(settings.state('fallback')).toBeUndefined();
    await settings.setState('fallback', { way: 'function', url: 'https://example.com/f', tries: [1, null] });
    expect(settings.state('fallback')).toEqual({ way: 'function', url: 'https://example.com/f', tries: [1, null] });
    const restarted = await office.start();
    expect(restarted.state('fallback')).toEqual({ way: 'function', url: 'https://example.com/f', tries: [1, null] });
    await restarted.setState('fallback', undefined);
    expect(restarted.state('fallback')).toBeUndefined();
    expect((await office.start()).state('fallback')).toBeUndefined();
  });

  test('are copies, so that nobody changes them by accident', async () => {
    const settings = await openOffice().start();
    const given = { trial: true };
    await settings.setState('account', given);
    given.trial = false;
    (settings.state('account') as { trial: boolean }).trial = false;
    expect(settings.state('account')).toEqual({ trial: true });
  });

  test('have names of their own', async () => {
    const settings = await openOffice().start();
    await settings.setState('publicBaseUrl', 'not an address');
    expect(settings.publicBaseUrl()).toBeUndefined();
  });

  test('that are damaged count as not set', async () => {
    const office = openOffice();
    await (await office.start()).setState('account', { trial: true });
    await office.database().updateTable('settings').set({ value: '{"trial' }).execute();
    expect((await office.start()).state('account')).toBeUndefined();
  });

  test('are written in the order in which they were set', async () => {
    const office = openOffice();
    const settings = await office.start();
    await Promise.all([1, undefined, 2, 3].map((value) => settings.setState('count', value)));
    expect([settings.state('count'), (await office.start()).state('count')]).toEqual([3, 3]);
  });
});

describe('those who want to hear of changes', () => {
  test('hear of each, once it can be read', async () => {
    const settings = await openOffice().start();
    const heard: unknown[] = [];
    settings.onChange((changed) => heard.push(changed));
    settings.onChange((changed) => changed === 'groq' && heard.push(settings.groqKey()?.value));
    await settings.saveTwilio(TWILIO);
    await settings.forgetTwilio();
    await settings.saveGroqKey('gsk_page');
    await settings.saveGoogle({ apiKey: 'AIza' });
    await settings.savePublicBaseUrl('https://phone.example.com');
    await settings.saveProfile(someProfile('One'));
    await settings.undoProfile();
    expect(heard).toEqual(['twilio', 'twilio', 'groq', 'gsk_page', 'google', 'publicBaseUrl', 'profile', 'profile']);
  });

  test('hear nothing where nothing changed', async () => {
    const settings = await openOffice().start();
    const heard: unknown[] = [];
    settings.onChange((changed) => heard.push(changed));
    await settings.saveGroqKey('two words');
    await settings.savePublicBaseUrl('nowhere');
    await settings.saveProfile(someProfile('Seeded'));
    await settings.saveProfile({});
    await settings.undoProfile();
    await settings.setState('count', 1);
    expect(heard).toEqual([]);
  });

  test('can stop, and one that fails is logged and harms neither the save nor the others', async () => {
    const office = openOffice();
    const settings = await office.start();
    const heard: unknown[] = [];
    settings.onChange(() => {
      throw new Error('a listener fell over');
    });
    const stop = settings.onChange((changed) => heard.push(changed));
    await settings.saveGroqKey('gsk_one');
    stop();
    await settings.saveGroqKey('gsk_two');
    expect(heard).toEqual(['groq']);
    expect(settings.groqKey()?.value).toBe('gsk_two');
    expect(office.events.map(({ eventType }) => eventType)).toEqual(['defect', 'defect']);
  });

  test('may set something themselves', async () => {
    const office = openOffice();
    const settings = await office.start();
    let set: Promise<void> | undefined;
    settings.onChange(() => {
      set = settings.setState('changed', true);
    });
    await settings.saveGroqKey('gsk_page');
    await set;
    expect((await office.start()).state('changed')).toBe(true);
  });
});

describe('a disk that refuses a write', () => {
  test('makes that write fail, and not the next one', async () => {
    const office = openOffice();
    const settings = await office.start();
    await sql`CREATE TRIGGER full BEFORE INSERT ON secrets BEGIN SELECT RAISE(ABORT, 'full'); END`.execute(
      office.database(),
    );
    await expect(settings.saveGroqKey('gsk_one')).rejects.toMatchObject({ message: 'full' });
    expect(settings.groqKey()).toBeUndefined();
    await sql`DROP TRIGGER full`.execute(office.database());
    await settings.saveGroqKey('gsk_two');
    expect((await office.start()).groqKey()?.value).toBe('gsk_two');
  });

  test('leaves the new credentials unsaved where the replaced token cannot be kept', async () => {
    const office = openOffice();
    const settings = await office.start();
    await settings.saveTwilio(TWILIO);
    await sql`CREATE TRIGGER full BEFORE INSERT ON secrets WHEN NEW.name = 'twilio.replaced'
      BEGIN SELECT RAISE(ABORT, 'full'); END`.execute(office.database());
    await expect(settings.saveTwilio({ ...TWILIO, authToken: 'page-token-2' })).rejects.toMatchObject({
      message: 'full',
    });
    expect(settings.authTokens()).toEqual(['page-token']);
    expect((await office.start()).authTokens()).toEqual(['page-token']);
  });
});
