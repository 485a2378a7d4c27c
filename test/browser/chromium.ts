// Gives the tests a real browser on a machine that has npm and nothing else.
//
// The binary comes from @sparticuz/chromium. We unpack it ourselves, because that package unpacks to fixed
// names straight under the temp folder (two test processes race there), brings its libraries only on AWS,
// and its default arguments turn off web security, which would blind every check of CSP and origins.
import { mkdirSync, readFileSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { unpackChromium } from './unpackChromium.ts';

const ARGS = [
  '--no-sandbox', // the sandbox refuses to run as root, as in most containers
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-gpu',
  // Nothing a page asks for may leave this machine, whatever the page under test does wrong.
  '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost',
  '--font-render-hinting=none', // the same glyph widths on every machine
];

/** Starts a browser. The caller closes it. */
export async function launchBrowser(): Promise<Browser> {
  const { executable, libraries, fontConfig, home } = await unpackChromium();
  mkdirSync(home, { recursive: true });
  return chromium.launch({
    executablePath: executable,
    args: ARGS,
    env: {
      PATH: process.env.PATH ?? '',
      TMPDIR: process.env.TMPDIR ?? '/tmp',
      TZ: process.env.TZ ?? 'UTC',
      LANG: 'C.UTF-8',
      HOME: home,
      LD_LIBRARY_PATH: libraries,
      FONTCONFIG_FILE: fontConfig,
    },
  });
}

/** The libraries a running browser has mapped, so that a test can prove where they come from. */
export function mappedLibraries(pid: number): string[] {
  const paths = readFileSync(`/proc/${pid}/maps`, 'utf8').match(/\/\S+\.so(?:\.\S+)?/g) ?? [];
  return [...new Set(paths)];
}
