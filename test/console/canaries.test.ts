import { CREDENTIALS, startConsole, type RunningConsole } from './kit';

const PATH = '/api/twilio/credentials';

describe('a canary secret in every credential field', () => {
  const CANARY = 'canary-7f3a91c2d4';
  const FORMS: readonly [string, readonly string[]][] = [
    [PATH, ['account_sid', 'auth_token', 'api_key_sid', 'api_key_secret']],
    ['/credentials/groq', ['groq_key']],
    ['/credentials/google', ['google_api_key', 'google_project']],
    ['/credentials/google', ['google_service_account']],
  ];
  const everyField = FORMS.flatMap(([path, fields]) => fields.map((field) => [path, field, fields] as const));

  const outcomes: readonly [string, (running: RunningConsole) => void][] = [
    ['good', () => undefined],
    ['refused, in words that quote it', ({ outside }) => void (outside.quoting = true)],
    ['answered by a defect', ({ outside }) => void (outside.twilio = new Error(`defect with ${CANARY}`))],
  ];

  test.each(outcomes)('appears in no page, log, error or URL when it is %s', async (_, arrange) => {
    const running = await startConsole();
    const owner = await running.ownerSignsUp();
    arrange(running);
    for (const [path, , fields] of everyField) {
      await owner.open('/credentials');
      const values = Object.fromEntries(fields.map((name) => [name, `${CANARY}-${name}`]));
      const form = { ...(path === PATH ? { phone_number: CREDENTIALS.phone_number } : {}), ...values };
      const answers = [await owner.submit(path, form), await owner.submit(path, form, { Accept: 'application/json' })];
      answers.push(
        await owner.open(answers[0]?.headers['location'] ?? '/'),
        await owner.open('/'),
        await owner.open(PATH),
      );
      for (const { text, headers } of answers) expect(text + JSON.stringify(headers)).not.toContain(CANARY);
    }
    expect(JSON.stringify(running.logged)).not.toContain(CANARY);
    expect(running.outside.asked).toHaveLength(2 * everyField.length);
  });
});
