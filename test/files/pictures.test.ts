import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { DomainError } from '../../src/domain/errors.ts';
import { pictureLimits, readPicture } from '../../src/files/pictures.ts';
import { noise } from './samplePicture.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

async function refused(reason: string, bytes: Uint8Array): Promise<void> {
  await assert.rejects(readPicture(bytes), (error: unknown) => {
    assert.ok(error instanceof DomainError);
    assert.equal(error.code, 'pictureRefused');
    assert.equal(error.data.reason, reason);
    return true;
  });
}

/** A PNG whose head promises any size, with hardly a byte inside. */
function pngClaiming(width: number, height: number): Uint8Array {
  const chunk = (name: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(name), data]);
    const size = Buffer.alloc(4);
    size.writeUInt32BE(data.length);
    const check = Buffer.alloc(4);
    check.writeUInt32BE(crc32(body));
    return Buffer.concat([size, body, check]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 0, 0, 0, 0], 8);
  const mark = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    mark,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.alloc(64))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

describe('a picture that is taken', () => {
  test('JPEG, PNG and WebP become a WebP in colour and a JPEG in greys, within bounds', async () => {
    for (const type of ['jpeg', 'png', 'webp'] as const) {
      const read = await readPicture(await noise(1600, 800).toFormat(type).toBuffer());
      assert.deepEqual([read.width, read.height], [1200, 600]);
      const [web, print] = await Promise.all([sharp(read.web).metadata(), sharp(read.print).metadata()]);
      assert.deepEqual([web.format, web.width, web.height, web.space], ['webp', 1200, 600, 'srgb']);
      assert.deepEqual([print.format, print.width, print.space], ['jpeg', 1400, 'b-w']);
    }
  });

  test('small ones are not blown up', async () => {
    const read = await readPicture(await noise(300, 240).png().toBuffer());
    assert.deepEqual([read.width, read.height], [300, 240]);
  });

  test('where it was taken, the camera’s words and its profile are gone; the way up is kept', async () => {
    const place = {
      GPSLatitudeRef: 'N',
      GPSLatitude: '41/1 0/1 0/1',
      GPSLongitudeRef: 'E',
      GPSLongitude: '29/1 0/1 0/1',
    };
    const from = await noise(640, 320)
      .withIccProfile('p3')
      .withExif({ IFD0: { Artist: 'Somebody with a name', Orientation: '6' }, IFD3: place })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const before = await sharp(from).metadata();
    assert.ok(before.exif?.includes('Somebody with a name') && before.icc);
    const read = await readPicture(from);
    assert.deepEqual([read.width, read.height], [320, 640]);
    for (const bytes of [read.web, read.print]) {
      const after = await sharp(bytes).metadata();
      assert.equal(after.exif, undefined);
      assert.equal(after.icc, undefined);
      assert.equal(after.xmp, undefined);
      assert.ok(!Buffer.from(bytes).includes('Somebody'));
      assert.ok(!Buffer.from(bytes).includes('Exif'));
    }
  });

  test('a script in a comment of a PNG does not come through', async () => {
    const png = await noise(300, 300).png().withXmp('<x>alert(1)</x>').toBuffer();
    const read = await readPicture(png);
    for (const bytes of [read.web, read.print]) assert.ok(!Buffer.from(bytes).includes('alert('));
  });

  test('a camera’s second picture behind the first is left behind', async () => {
    const big = await noise(640, 480).jpeg().toBuffer();
    const small = await noise(160, 120).jpeg().toBuffer();
    assert.equal((await readPicture(Buffer.concat([big, small]))).width, 640);
  });
});

describe('what is refused, whatever it is called', () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="300"><script>alert(1)</script></svg>';

  test('drawings that can hold scripts, pages, documents, nothing', async () => {
    for (const text of [svg, `<?xml version="1.0"?>${svg}`, '<!doctype html><script>1</script>', '%PDF-1.7', '', 'x']) {
      await refused('type', bytesOf(text));
    }
  });

  test('GIF, TIFF and AVIF: not asked for', async () => {
    await refused('type', await noise(300, 300).gif().toBuffer());
    await refused('type', await noise(300, 300).tiff().toBuffer());
    await refused('type', await noise(300, 300).avif({ effort: 0 }).toBuffer());
  });

  test('pictures that move', async () => {
    const frames = [noise(300, 300), noise(300, 300, 9)];
    const raw = await Promise.all(frames.map((frame) => frame.png().toBuffer()));
    const moving = await sharp(raw, { join: { animated: true } })
      .webp()
      .toBuffer();
    await refused('animated', moving);
    const still = await noise(300, 300).png().toBuffer();
    const control = Buffer.from('\0\0\0\x08acTL\0\0\0\x01\0\0\0\0\0\0\0\0', 'latin1');
    await refused('animated', Buffer.concat([still.subarray(0, 33), control, still.subarray(33)]));
  });

  test('something else behind the last byte', async () => {
    const behind = bytesOf('<script>alert(1)</script>');
    for (const type of ['jpeg', 'png', 'webp'] as const) {
      await refused('trailing', Buffer.concat([await noise(300, 300).toFormat(type).toBuffer(), behind]));
    }
    const jpeg = await noise(300, 300).jpeg().toBuffer();
    await refused('trailing', Buffer.concat([jpeg, jpeg, behind]));
    await refused('trailing', Buffer.concat([jpeg, bytesOf('PK\x03\x04 a whole archive')]));
  });

  test('half a picture, and a head without a body', async () => {
    for (const type of ['jpeg', 'png', 'webp'] as const) {
      const whole = await noise(400, 400).toFormat(type).toBuffer();
      await refused('broken', whole.subarray(0, Math.floor(whole.length / 2)));
    }
    await refused('broken', Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), bytesOf('<html><script>')]));
    await refused(
      'broken',
      Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), bytesOf(svg)]),
    );
    await refused('broken', pngClaiming(400, 400));
  });

  test('a small file that would fill the memory, before it is unpacked', async () => {
    const started = process.memoryUsage().rss;
    await refused('pixels', pngClaiming(50_000, 50_000));
    await refused('pixels', pngClaiming(6_000, 4_001));
    assert.ok(process.memoryUsage().rss - started < 200 * 1024 * 1024);
  });

  test('too small to print, too large to send', async () => {
    await refused('small', await noise(199, 600).png().toBuffer());
    await refused('bytes', Buffer.alloc(pictureLimits.bytes + 1));
  });
});
