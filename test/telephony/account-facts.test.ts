import { startTwilioRestStub, type TwilioRestStub } from '../support/twilio-rest-stub';
import { ownersCredentials, telephonyAt } from './kit';

let stub: TwilioRestStub;
beforeEach(async () => {
  stub = await startTwilioRestStub();
});
afterEach(() => stub.close());

const facts = () => telephonyAt(stub).accountFacts(ownersCredentials(stub));

test('the owner of a full account sees its name and balance, and no limits', async () => {
  expect(await facts()).toEqual({
    ok: true,
    trial: false,
    accountName: stub.state.account.friendlyName,
    balance: { amount: '25.5000', currency: 'USD' },
    limits: [],
  });
});

test('the owner of a trial account is told what it cannot do', async () => {
  stub.state.account.type = 'Trial';
  const limits = expect.arrayContaining([
    expect.stringContaining('10 requests'),
    expect.stringContaining('verified'),
  ]) as string[];
  expect(await facts()).toMatchObject({ trial: true, limits });
});

test('a balance that is nearly used up is said', async () => {
  stub.state.account.balance = '1.2000';
  expect(await facts()).toMatchObject({ limits: [expect.stringContaining('1.2000 USD')] });
});

test('a new account is told that it may have few calls at a time', async () => {
  stub.state.account.dateCreated = new Date().toUTCString();
  expect(await facts()).toMatchObject({ limits: [expect.stringContaining('10004')] });
});

test('an account that keeps its balance to itself, like a subaccount, still has its other facts', async () => {
  stub.state.refuses.add('balance');
  const found = await facts();
  expect(found).toMatchObject({ ok: true, trial: false, limits: [] });
  expect(found).not.toHaveProperty('balance');
});

test('a suspended account is said to be suspended', async () => {
  stub.state.account.status = 'suspended';
  expect(await facts()).toMatchObject({ ok: false, code: 'account_suspended' });
});
