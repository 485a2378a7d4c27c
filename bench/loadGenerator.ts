import { connect, type Socket } from 'node:net';

export type Load = {
  readonly port: number;
  readonly path: string;
  readonly acceptEncoding: string;
  readonly connections: number;
  readonly milliseconds: number;
  /** Bytes after the head that every answer has to have. */
  readonly body: Buffer;
};

const headEnd = Buffer.from('\r\n\r\n');
const statusLine = 'HTTP/1.1 200 OK\r\n';

/**
 * Keep-alive connections that each have one request under way. Every answer is read to its end and compared with the
 * expected bytes: one that is short, different or not a 200 stops the bench. Returns how many were answered.
 */
export async function load({ port, path, acceptEncoding, connections, milliseconds, body }: Load): Promise<number> {
  const request = `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAccept-Encoding: ${acceptEncoding}\r\n\r\n`;
  let answered = 0;
  let over = false;

  function converse(socket: Socket): Promise<void> {
    return new Promise((done, fail) => {
      let parts: Buffer[] = [];
      let bytes = 0;
      let wanted = 0;
      let head = 0;
      socket.setNoDelay(true);
      socket.on('error', fail);
      socket.on('close', () => (over ? done() : fail(new Error('the server hung up'))));
      socket.on('data', (chunk) => {
        parts.push(chunk as Buffer);
        bytes += chunk.length;
        if (wanted === 0) {
          const start = parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts);
          const end = start.indexOf(headEnd);
          if (end === -1) return;
          if (start.toString('latin1', 0, statusLine.length) !== statusLine) return fail(new Error('not a 200'));
          head = end + headEnd.length;
          wanted = head + body.length;
        }
        if (bytes < wanted) return;
        const whole = parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts);
        if (bytes > wanted || body.compare(whole, head, wanted) !== 0) return fail(new Error('other bytes'));
        answered++;
        parts = [];
        bytes = 0;
        wanted = 0;
        if (over) socket.destroy();
        else socket.write(request);
      });
      socket.write(request);
    });
  }

  const sockets = Array.from({ length: connections }, () => connect(port, '127.0.0.1'));
  const clock = setTimeout(() => {
    over = true;
  }, milliseconds);
  try {
    await Promise.all(sockets.map(converse));
  } finally {
    clearTimeout(clock);
    for (const socket of sockets) socket.destroy();
  }
  return answered;
}
