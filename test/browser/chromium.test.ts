import assert from 'node:assert/strict';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { brotliCompressSync } from 'node:zlib';
import { launchBrowser, mappedLibraries } from './chromium.ts';
import { unpackChromium } from './unpackChromium.ts';

test('the browser brings its own libraries and fonts', async () => {
  const { libraries } = await unpackChromium();
  const browser = await launchBrowser();
  try {
    const session = await browser.newBrowserCDPSession();
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    const main = processInfo.find(({ type }) => type === 'browser');
    assert.ok(main);
    // Whatever else is mapped is the C runtime, which node itself needs.
    const runtime = /\/(ld-linux-x86-64|lib(c|m|dl|rt|pthread|gcc_s|resolv|nss_\w+))[.-]/;
    const mapped = mappedLibraries(main.id);
    assert.ok(mapped.includes(join(libraries, 'libnss3.so')));
    assert.deepEqual(
      mapped.filter((path) => !path.startsWith(libraries) && !runtime.test(path)),
      [],
    );

    const page = await browser.newPage();
    await page.setContent(`
      <p style="font-family: serif">Güvende</p><h1 style="font-family: sans-serif">Güvende</h1>
      <i style="font-family: sans-serif">مرحبا</i><b style="font-family: Arial">Güvende</b>`);
    const fonts = await page.context().newCDPSession(page);
    await fonts.send('DOM.enable');
    await fonts.send('CSS.enable');
    const { root } = await fonts.send('DOM.getDocument');
    const used = async (selector: string) => {
      const { nodeId } = await fonts.send('DOM.querySelector', { nodeId: root.nodeId, selector });
      const { fonts: found } = await fonts.send('CSS.getPlatformFontsForNode', { nodeId });
      return found.map(({ familyName }) => familyName);
    };
    assert.deepEqual(await Promise.all(['p', 'h1', 'i', 'b'].map(used)), [
      ['Noto Serif'],
      ['Noto Sans'],
      ['Vazirmatn'],
      ['Noto Sans'],
    ]);
  } finally {
    await browser.close();
  }
});

test('two that unpack at once end up with one whole folder, and the next one finds it', async () => {
  const root = await mkdtemp(join(tmpdir(), 'headwater-unpack-'));
  try {
    // The real libraries, and in the browser's place a few bytes: its 200 MB take seconds.
    const real = dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium'));
    const packageFolder = join(root, 'package');
    const archives = join(packageFolder, 'bin');
    const cache = join(root, 'cache');
    await mkdir(archives, { recursive: true });
    await mkdir(cache);
    await copyFile(join(real, '..', 'bin', 'al2023.tar.br'), join(archives, 'al2023.tar.br'));
    await writeFile(join(archives, 'chromium.br'), brotliCompressSync('a browser'));
    await writeFile(join(packageFolder, 'package.json'), '{"version":"1.2.3"}');

    const [one, other] = await Promise.all([1, 2].map(() => unpackChromium(cache, packageFolder)));
    assert.ok(one);
    assert.deepEqual(one, other);
    assert.equal((await readdir(cache)).length, 1);
    assert.equal(await readFile(one.executable, 'utf8'), 'a browser');
    assert.equal((await stat(one.executable)).mode & 0o100, 0o100);
    assert.ok((await readdir(one.libraries)).includes('libnss3.so'));

    await rm(archives, { recursive: true });
    assert.deepEqual(await unpackChromium(cache, packageFolder), one);
  } finally {
    await rm(root, { recursive: true });
  }
});
