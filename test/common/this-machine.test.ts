import { isFromThisMachine, isLoopbackHost, type Origin } from '../../src/common/this-machine';

const request = (headers: Origin['headers'] = {}, remoteAddress: string | undefined = '127.0.0.1'): Origin => ({
  socket: { remoteAddress },
  headers: { host: 'localhost:3000', 'user-agent': 'frontdesk', ...headers },
  httpVersion: '1.1',
});

test.each(['127.0.0.1', '127.8.9.10', '::1', '::ffff:127.0.0.1'])('a program at %s is on this machine', (peer) => {
  for (const host of ['localhost', 'LOCALHOST:80', '127.0.0.1:3000', '[::1]:3000', '[::1]']) {
    expect(isFromThisMachine(request({ host }, peer))).toBe(true);
  }
});

test.each([
  '192.168.1.5',
  '10.0.0.1',
  '1.127.0.0.1',
  '::ffff:10.0.0.1',
  '::',
  '::11',
  'fe80::1',
  '127.0.0.1.example.com',
  '',
])('a program at %j is not', (peer) => expect(isFromThisMachine(request({}, peer))).toBe(false));

test('a connection that is gone has no address, and is not trusted', () => {
  expect(isFromThisMachine({ socket: {}, headers: { host: 'localhost' }, httpVersion: '1.1' })).toBe(false);
});

test.each([
  ...['phone.example.com', 'localhost.example.com', 'example.com:127.0.0.1', '127.0.0.1.example.com', 'xlocalhost'],
  ...[
    '127.0.0.2',
    '0.0.0.0:3000',
    '192.168.1.5',
    '[::2]',
    '::1',
    'localhost:',
    'localhost:port',
    'localhost/',
    ' localhost',
    '',
  ],
])('a request for the host %j came by a name that others can use', (host) => {
  expect(isLoopbackHost(host)).toBe(false);
  expect(isFromThisMachine(request({ host }))).toBe(false);
});

test('so did one for no host, or two', () => {
  expect(isFromThisMachine(request({ host: undefined }))).toBe(false);
  expect(isFromThisMachine(request({ host: ['localhost', 'localhost'] }))).toBe(false);
});

test.each([
  ...['forwarded', 'forwarded-for', 'via', 'x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-host', 'x-forwarded'],
  ...[
    'x-real-ip',
    'x-client-ip',
    'x-cluster-client-ip',
    'true-client-ip',
    'fly-client-ip',
    'client-ip',
    'x-original-for',
  ],
  ...['cf-connecting-ip', 'cf-ray', 'cdn-loop', 'x-amzn-trace-id', 'x-amz-cf-id', 'x-envoy-external-address'],
])('a proxy or tunnel shows by %s, even if it is empty', (name) => {
  expect(isFromThisMachine(request({ [name]: '' }))).toBe(false);
});

test.each(['origin', 'sec-fetch-site'])('a web page that somebody has open shows by %s', (name) => {
  expect(isFromThisMachine(request({ [name]: 'null' }))).toBe(false);
});

test('a proxy that replaces Host and adds no header shows by its HTTP/1.0', () => {
  expect(isFromThisMachine({ ...request(), httpVersion: '1.0' })).toBe(false);
});

test('headers that only look like a proxy’s do no harm', () => {
  expect(
    isFromThisMachine(request({ 'x-twilio-signature': 'a', 'i-twilio-idempotency-token': 'b', accept: '*/*' })),
  ).toBe(true);
});
