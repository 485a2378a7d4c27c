// A tiny site for the harness's own tests: one good page, and one page for each kind of fault.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const CSP =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'";

interface Sample {
  readonly head?: string;
  readonly main?: string;
  readonly status?: number;
  readonly csp?: string;
  readonly html?: string;
}

const GOOD = '<h1>Güvende kal</h1><p>Bir yetişkine söyle: <a href="/good">ara</a>.</p>';

/** Path → page. */
const SAMPLES: Readonly<Record<string, Sample>> = {
  '/good': {},
  '/not-found': { status: 404 },
  '/arabic': { html: page('ar', 'rtl', { main: '<h1>السلامة</h1><p>اتصل <bdi dir="ltr">116 111</bdi></p>' }) },
  '/invalid-html': { main: `${GOOD}<p><div>block in a paragraph</div></p>` },
  '/two-h1': { main: `${GOOD}<h1>Again</h1>` },
  '/duplicate-id': { main: `${GOOD}<p id="same">a</p><p id="same">b</p>` },
  '/missing-alt': { main: `${GOOD}<img src="/dot.svg" width="9" height="9">` },
  '/low-contrast': { main: `${GOOD}<p class="pale">hardly there</p>` },
  '/no-lang-no-title': {
    html: `<!DOCTYPE html><html><head><title></title></head><body><main>${GOOD}</main></body></html>`,
  },
  '/third-party': { csp: "img-src * 'self'", main: `${GOOD}<img src="http://tracker.example/dot.png" alt="">` },
  '/console-error': { head: '<script src="/console.js" defer></script>' },
  '/page-error': { head: '<script src="/throw.js" defer></script>' },
  '/missing-file': { head: '<script src="/nowhere.js" defer></script>' },
  '/csp': { head: '<script>document.title = "changed";</script>' },
  '/csp-style': { main: `${GOOD}<p style="color: #000">styled</p>` },
  '/wide': { main: `${GOOD}<p class="wide">wide</p>` },
};

const FILES: Readonly<Record<string, readonly [type: string, body: string]>> = {
  '/page.css': [
    'text/css',
    'body { font-family: sans-serif; color: #111; background: #fff } .pale { color: #ddd } .wide { width: 3000px }',
  ],
  '/dot.svg': ['image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'],
  '/console.js': ['text/javascript', 'console.error("something broke")'],
  '/throw.js': ['text/javascript', 'throw new Error("thrown on purpose")'],
};

function page(lang: string, dir: string, { head = '', main = GOOD }: Sample): string {
  return (
    `<!DOCTYPE html><html lang="${lang}" dir="${dir}"><head><meta charset="utf-8"><title>Örnek</title>` +
    `<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/page.css">${head}</head>` +
    `<body><main>${main}</main></body></html>`
  );
}

export async function startSamples(): Promise<{ origin: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    const sample = SAMPLES[path];
    const file = FILES[path];
    if (sample) {
      response.writeHead(sample.status ?? 200, {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': sample.csp ?? CSP,
      });
      response.end(sample.html ?? page('tr', 'ltr', sample));
    } else if (file) response.writeHead(200, { 'content-type': file[0] }).end(file[1]);
    else response.writeHead(404, { 'content-type': 'text/plain' }).end('no such file');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
