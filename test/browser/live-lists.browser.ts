import { createServer, request as ask } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startFrontdesk, whenDone } from '../support/frontdesk';
import { browserTest, openPage } from '../support/browser';

/** A proxy that hands on an answer once it is whole, as some tunnels and offices do: a stream never arrives. */
async function bufferingProxy(target: string): Promise<string> {
  const server = createServer((request, response) => {
    const { method, url = '/', headers } = request;
    const onwards = ask(target + url, { method, headers }, (answer) => {
      const pieces: Buffer[] = [];
      answer.on('data', (piece: Buffer) => pieces.push(piece));
      answer.on('end', () => response.writeHead(answer.statusCode ?? 502, answer.headers).end(Buffer.concat(pieces)));
    });
    response.on('close', () => onwards.destroy());
    onwards.on('error', () => response.destroy());
    request.pipe(onwards);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  whenDone(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

browserTest.each(['directly', 'through a proxy that holds answers back'])(
  'the list of calls moves, %s',
  async (way) => {
    const frontdesk = await startFrontdesk({ signed: false });
    const url = way === 'directly' ? frontdesk.url : await bufferingProxy(frontdesk.url);
    const { page, trouble } = await openPage();
    await page.goto(`${url}/calls?tests=yes`);
    await frontdesk.post('incoming', { From: '+12025550177' });
    await page
      .locator('#calls tbody tr')
      .first()
      .waitFor({ timeout: way === 'directly' ? 5_000 : 30_000 });
    expect(trouble).toEqual([]);
  },
  60_000,
);
