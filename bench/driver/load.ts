import { connect } from 'node:net';

/** The same request again and again, as fast as it is answered. */
export interface Load {
  url: string;
  request: Buffer;
  count: number;
}

const CONNECTIONS = 16;
/** After so many requests a connection is closed and another address calls: the limit of refusals is sixty a minute. */
const REQUESTS_A_CONNECTION = 50;

/** A whole request, as it goes over the wire. */
export function wireRequest(
  url: string,
  { headers, body }: { headers: Readonly<Record<string, string>>; body: string },
): Buffer {
  const { pathname, search, host } = new URL(url);
  const all = { host, ...headers, 'content-length': String(Buffer.byteLength(body)) };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return Buffer.from(`POST ${pathname}${search} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`);
}

/** Sends them all. Resolves to how often each status was the answer. */
export async function sendLoad({ url, request, count }: Load): Promise<Record<number, number>> {
  const { hostname, port } = new URL(url);
  const statuses: Record<number, number> = {};
  let left = count;
  const worker = async () => {
    while (left > 0) {
      const share = Math.min(left, REQUESTS_A_CONNECTION);
      left -= share;
      const target = { host: hostname, port: Number(port), localAddress: nextAddress() };
      for (const status of await exchange(target, request, share)) statuses[status] = (statuses[status] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
  return statuses;
}

let addresses = 0;

/** One of the sixteen million loopback addresses that was not used lately. */
function nextAddress(): string {
  addresses += 1;
  return `127.${1 + ((addresses >> 16) % 200)}.${(addresses >> 8) & 255}.${1 + (addresses % 254)}`;
}

interface Target {
  host: string;
  port: number;
  localAddress: string;
}

/** One connection: each request goes out when the answer before it is complete. */
function exchange(target: Target, request: Buffer, count: number): Promise<number[]> {
  return new Promise((resolve, reject) => {
    const statuses: number[] = [];
    let received = '';
    const socket = connect(target, () => socket.write(request));
    socket.setNoDelay(true);
    socket.setEncoding('latin1');
    socket.on('error', reject);
    socket.on('data', (text) => {
      received += String(text);
      const status = completeAnswer(received);
      if (status === undefined) return;
      received = '';
      statuses.push(status);
      if (statuses.length < count) return void socket.write(request);
      socket.end();
      resolve(statuses);
    });
    socket.on('close', () => reject(new Error('A connection was closed before its last answer.')));
  });
}

/** The status of an answer that is there to its last byte. */
function completeAnswer(text: string): number | undefined {
  const head = text.indexOf('\r\n\r\n');
  if (head < 0) return undefined;
  const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, head))?.[1];
  if (length === undefined) throw new Error('An answer came without Content-Length.');
  return text.length - head - 4 >= Number(length) ? Number(text.slice(9, 12)) : undefined;
}
