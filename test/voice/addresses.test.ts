import { addressesOf } from '../../src/voice/addresses';
import { lastResort } from '../../src/voice/last-resort';
import { parseTwiml } from './parse-twiml';

const SPEECH = { voice: 'woman' };

test('every address names its call first, then the turn and the part', () => {
  const { process, continue: comeBack, audio } = addressesOf('https://phone.example.com/desk', 'CA1');
  expect(process(2)).toBe('https://phone.example.com/desk/api/voice/process?call_sid=CA1&turn=2');
  expect(process(0)).toBe('https://phone.example.com/desk/api/voice/process?call_sid=CA1&turn=0');
  expect(process()).toBe('https://phone.example.com/desk/api/voice/process?call_sid=CA1');
  expect(comeBack(2, 1)).toBe('https://phone.example.com/desk/api/voice/continue?call_sid=CA1&turn=2&part=1');
  expect(audio('a.wav')).toBe('https://phone.example.com/desk/api/voice/audio/a.wav');
});

test('a caller on this machine gets addresses that stay on it', () => {
  expect(addressesOf('', 'CA1').process(1)).toBe('/api/voice/process?call_sid=CA1&turn=1');
});

test('a hostile CallSid stays one value of the query', () => {
  const callSid = '"><Hangup/>&turn=9#?x=\u0000 %2B+€';
  const url = new URL(addressesOf('https://phone.example.com', callSid).process(1));
  expect([...url.searchParams]).toEqual([
    ['call_sid', callSid],
    ['turn', '1'],
  ]);
  expect(url.hash).toBe('');
});

test('the last resort apologises and listens', () => {
  const url = addressesOf('https://phone.example.com', 'CA"<&>\'').process(4);
  const [gather, ...more] = parseTwiml(lastResort(url)).children;
  expect(more).toEqual([]);
  expect(gather).toMatchObject({
    name: 'Gather',
    attributes: { action: url, input: 'speech dtmf', actionOnEmptyResult: 'true' },
  });
  expect(gather?.children).toMatchObject([
    { name: 'Say', attributes: SPEECH, text: expect.stringContaining('sorry') as string },
  ]);
});

test('the last resort for a call without a name apologises and hangs up', () => {
  expect(parseTwiml(lastResort()).children).toMatchObject([
    { name: 'Say', attributes: SPEECH, text: expect.stringContaining('sorry') as string },
    { name: 'Hangup' },
  ]);
});

test('a CallSid that is no text at all still makes an address', () => {
  expect(addressesOf('', '\ud800').process(1)).toBe('/api/voice/process?call_sid=&turn=1');
});
