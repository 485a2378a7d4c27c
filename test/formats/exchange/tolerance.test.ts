import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writeFileStamp, writeUnitStamp } from '../../../src/formats/exchange/stamps.ts';
import { accepted, sample, textOf } from './sample.ts';

const targets = (text: string | Uint8Array) => accepted(text).units.map((unit) => [unit.segment, unit.target]);
const claims = (text: string) => accepted(text).units.map((unit) => unit.claim);
const same = sample.units.map((unit) => [unit.segment, unit.target]);
const bytes = (text: string) => new TextEncoder().encode(text);

test('a mark of UTF-8 and the line ends of another system change nothing', () => {
  for (const format of ['xliff2', 'xliff1', 'po'] as const) {
    const text = textOf(format);
    assert.deepEqual(targets(`\ufeff${text}`), same, format);
    assert.deepEqual(targets(text.replaceAll('\n', '\r\n')), same, format);
  }
  assert.deepEqual(targets(textOf('csv').replaceAll('\r\n', '\n')), same);
});

test('XLIFF 2: attributes in another order, other prefixes, groups, skeleton, foreign modules', () => {
  const text = textOf('xliff2')
    .replace(
      /<unit id="([^"]*)" name="([^"]*)" canResegment="no">/g,
      '<unit canResegment="no" name="$2" x:seen="1" id="$1">',
    )
    .replace('xmlns:mda=', 'xmlns:x="urn:example" xmlns:meta="urn:example:meta" xmlns:mda=')
    .replace(/(<file [^>]*>)/, '$1<skeleton href="x.skl"/><group id="g1"><group id="g2">')
    .replace(' </file>', '</group></group></file>');
  assert.deepEqual(targets(text), same);
});

test('XLIFF 2: no metadata, no notes, no states: texts and origin are still read', () => {
  const text = textOf('xliff2')
    .replace(/<mda:metadata>.*?<\/mda:metadata>/g, '')
    .replace(/<notes>.*?<\/notes>/g, '')
    .replace(/ state="[a-z]*"(?: subState="[^"]*")?/g, '');
  const file = accepted(text);
  assert.deepEqual([file.edition, file.release, file.language], ['tr-TR', '1.8.1', 'tr']);
  assert.deepEqual(targets(text), same);
  assert.ok(file.units.every((unit) => unit.stamp === null));
});

test('XLIFF 2: a text that a tool has cut up, with codes moved and a mark around words', () => {
  const cut = textOf('xliff2').replace(
    /<segment state="reviewed">[\s\S]*?<\/segment>/,
    `<segment state="translated"><source>Keep telling.</source><target>Anlat.</target></segment>
     <ignorable><source> </source></ignorable>
     <segment state="translated"><source>Call: <ph id="c1" dataRef="d1"/>.</source><target><mrk id="m1" type="term">Ara</mrk>: <ph id="c1" dataRef="d1"/>.</target></segment>`,
  );
  const [unit] = accepted(cut).units;
  assert.deepEqual(
    [unit?.source, unit?.target],
    ['Keep telling. Call: {helpline.child}.', 'Anlat. Ara: {helpline.child}.'],
  );
  const half = cut.replace('<target>Anlat.</target>', '');
  assert.equal(accepted(half).units[0]?.claim, 'unfinished', 'half a text is none');
});

test('XLIFF 1.2: segmentation, alternatives, plain words where there was a placeholder', () => {
  const text = textOf('xliff1').replace(
    /<target state="signed-off">.*?<\/target>/,
    `<seg-source><mrk mtype="seg" mid="1">Keep telling.</mrk> <mrk mtype="seg" mid="2">Call: {helpline.child}.</mrk></seg-source>
     <target state="translated"><mrk mtype="seg" mid="1">Anlat.</mrk> <mrk mtype="seg" mid="2">Ara: {helpline.child}.</mrk></target>
     <alt-trans><target>Bambaşka.</target></alt-trans>`,
  );
  const [unit] = accepted(text).units;
  assert.deepEqual(
    [unit?.source, unit?.target, unit?.claim],
    [sample.units[0]?.source, 'Anlat. Ara: {helpline.child}.', 'untouched'],
  );
});

test('XLIFF 1.2: other states and approvals are marks, and never more', () => {
  const text = textOf('xliff1');
  assert.deepEqual(claims(text.replaceAll('needs-review-translation', 'final')), ['untouched', 'done', 'untouched']);
  assert.deepEqual(claims(text.replaceAll('signed-off', 'needs-adaptation')), ['unfinished', 'untouched', 'untouched']);
  assert.deepEqual(claims(text.replaceAll('signed-off', 'x-vendor-state')), ['untouched', 'untouched', 'untouched']);
});

test('PO: folded anew, with the header of another tool, with marks taken away', () => {
  const text = textOf('po');
  const folded = text.replace('msgstr "Anlatmaya devam et. ', 'msgstr ""\n"Anlatmaya "\n"devam et. ');
  assert.deepEqual(targets(folded), same);
  const poedit = text
    .replace(
      /"PO-Revision-Date: .*\\n"/,
      '"PO-Revision-Date: 2026-12-01 10:00+0300\\n"\n"X-Generator: Poedit 3.4\\n"\n"X-Poedit-Bookmarks: 1,2\\n"',
    )
    .replace('"Language-Team: none\\n"\n', '');
  assert.deepEqual(targets(poedit), same);
  assert.deepEqual(claims(text.replace('#, fuzzy\n', '')), ['untouched', 'done', 'untouched']);
  assert.deepEqual(
    claims(text.replace('Şimdi dur.', 'Hemen dur.')),
    ['untouched', 'unfinished', 'untouched'],
    'a guess stays one',
  );
  assert.deepEqual(claims(text.replace('Şimdi dur.', 'Hemen dur.').replace('#, fuzzy\n', '')), [
    'untouched',
    'done',
    'untouched',
  ]);
});

test('PO: old sources come back as they left', () => {
  assert.deepEqual(
    accepted(textOf('po')).units.map((unit) => unit.oldSource),
    [null, 'Stop.', null],
  );
  const folded = textOf('po').replace('#| msgid "Stop."', '#| msgid ""\n#| "St"\n#| "op."');
  assert.equal(accepted(folded).units[1]?.oldSource, 'Stop.');
});

test('CSV: semicolons, tabs, other columns and another order', () => {
  const origin = writeFileStamp(sample);
  for (const mark of [';', '\t']) {
    const head = ['Target', 'comment', 'Segment', 'Source', 'Unit', 'File'].join(mark);
    const lines = sample.units.map((unit) =>
      [unit.target, 'ours', unit.segment, unit.source, writeUnitStamp(unit.stamp), origin].join(mark),
    );
    const table = [head, ...lines].join('\n');
    assert.deepEqual(targets(table), same);
    assert.ok(accepted(table).units.every((unit) => unit.stamp !== null));
  }
});

test('CSV: what a spreadsheet would run leaves as words', () => {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(
    bytes(textOf('csv').replaceAll('Set the rules together', "'=cmd|'/C calc'!A0")),
  );
  assert.equal(accepted(text).units[2]?.source, "=cmd|'/C calc'!A0");
});
