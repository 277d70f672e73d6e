import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { whenDone } from './frontdesk';

/** A line to a server on this machine that counts how often somebody dials. */
export interface CountingLine {
  /** "127.0.0.1:port" */
  endpoint: string;
  dialled(): number;
}

/** Opens a line to `host:port`. It is closed when the test ends. */
export async function countingLineTo(endpoint: string): Promise<CountingLine> {
  const { hostname, port } = new URL(`http://${endpoint}`);
  const sockets = new Set<Socket>();
  let dialled = 0;
  const server = createServer((near) => {
    dialled += 1;
    const far = connect(Number(port), hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => [near, far].forEach((each) => each.destroy()));
    }
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  whenDone(async () => {
    sockets.forEach((socket) => socket.destroy());
    await new Promise((resolve) => server.close(resolve));
  });
  return { endpoint: `127.0.0.1:${(server.address() as AddressInfo).port}`, dialled: () => dialled };
}
