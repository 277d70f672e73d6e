import { connect } from 'node:net';
import { startConsole } from './kit';

test('whoever comes by HTTP/1.0, as an old proxy forwards, is not taken for this machine', async () => {
  const { url } = await startConsole();
  const { hostname, port } = new URL(url);
  const answer = await new Promise<string>((resolve) => {
    let text = '';
    const socket = connect(Number(port), hostname, () =>
      socket.write(`GET /api/settings HTTP/1.0\r\nHost: 127.0.0.1:${port}\r\n\r\n`),
    );
    socket.setEncoding('utf8').on('data', (piece: string) => (text += piece));
    socket.on('close', () => resolve(text));
  });
  expect(answer).toMatch(/^HTTP\/1\.1 (?:401|303)/);
});
