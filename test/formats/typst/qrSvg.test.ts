import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import { qrPng } from '../../../src/formats/pptx/qrPng.ts';
import { qrModules, qrText } from '../../../src/formats/typst/qrModules.ts';
import { qrSvg } from '../../../src/formats/typst/qrSvg.ts';
import { createReader } from '../../prove/qrReader.ts';

const url = 'https://headwater.example.org/verify/9TRM4-W7CK2';

test('a second library reads the square: the address in capitals, with 29 modules on a side', async () => {
  const read = await createReader();
  assert.equal(qrText(url), 'HTTPS://HEADWATER.EXAMPLE.ORG/VERIFY/9TRM4-W7CK2');
  assert.equal(qrModules(url).size, 29);
  // Four modules of white around it, as on paper.
  const drawn = sharp(Buffer.from(qrSvg(url)), { density: 600 }).flatten({ background: '#fff' });
  const framed = await drawn.resize(290, 290, { kernel: 'nearest' }).png().toBuffer();
  const onPaper = await sharp(framed)
    .extend({ top: 40, bottom: 40, left: 40, right: 40, background: '#fff' })
    .png()
    .toBuffer();
  for (const picture of [onPaper, qrPng(url)]) {
    assert.deepEqual(
      (await read(picture)).map(({ text }) => text),
      [qrText(url)],
    );
  }
});

test('a host that capitals cannot write is still read', async () => {
  const read = await createReader();
  const odd = 'https://head_water.example:8443/verify/9TRM4-W7CK2';
  assert.deepEqual(
    (await read(qrPng(odd))).map(({ text }) => text),
    [qrText(odd)],
  );
});
