import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { packageRoot } from '../../../src/domain/release/merkle.ts';
import { historyOf } from '../../../src/formats/content/historyOf.ts';
import { homesOf, readBaseline } from '../../../src/formats/content/readBaseline.ts';
import { readLesson } from '../../../src/formats/content/readLesson.ts';
import { readReleases } from '../../../src/formats/content/readReleases.ts';
import { writeBaseline } from '../../../src/formats/content/writeBaseline.ts';
import { lessonPackages } from '../../domain/package/arbitraries.ts';
import { b4, baselineFiles } from './samples.ts';

test('what is written is read again as the same package, and written again as the same bytes', () => {
  fc.assert(
    fc.property(lessonPackages, (lessonPackage) => {
      const files = writeBaseline(lessonPackage);
      const read = readBaseline(files);
      assert.deepEqual(read, lessonPackage);
      assert.equal(packageRoot(read), packageRoot(lessonPackage));
      assert.deepEqual([...writeBaseline(read)], [...files]);
      assert.deepEqual([...writeBaseline(read, homesOf(files))].sort(), [...files].sort());
    }),
    { numRuns: 200 },
  );
});

test('line ends and a byte order mark make no difference', () => {
  fc.assert(
    fc.property(lessonPackages, (lessonPackage) => {
      const files = writeBaseline(lessonPackage);
      const other = new Map([...files].map(([file, text]) => [file, `\ufeff${text.replaceAll('\n', '\r\n')}`]));
      assert.deepEqual(readBaseline(other), lessonPackage);
    }),
    { numRuns: 200 },
  );
});

test('a lesson file is read as its structure says', () => {
  const read = readBaseline(baselineFiles());
  assert.deepEqual(
    read.lessons[0]?.sections.map((section) => [section.id, section.placements.length]),
    [
      ['head', 2],
      ['messages', 1],
      ['steps', 2],
      ['handout:five-steps', 1],
    ],
  );
  assert.deepEqual(read.lessons[0]?.sections[2]?.placements[0], {
    segment: 'B4.act.4',
    minutes: 15,
    practice: true,
    evidence: ['E3', 'E10'],
  });
  assert.equal(read.segments['B4.summary']?.note, 'One sentence,\nfor the list.');
  assert.deepEqual(read.segments['B4.act.4.say']?.from, ['B4.old.1', 'B4.old.2']);
  assert.equal(read.segments['B4.act.4.say']?.text, '# no section\n\nnote: no field\n[#no.marker]\n\\*no emphasis');
  assert.equal(read.segments['CPS-01.plain']?.variantOf, 'CPS-01');
});

test('a segment stays in the file that it was in', () => {
  const files = baselineFiles();
  const written = writeBaseline(readBaseline(files), homesOf(files));
  assert.deepEqual([...written.keys()].sort(), [...files.keys()].sort());
  assert.match(written.get('shared/core-statements.md') ?? '', /\[#CPS-01 statement core\]/);
});

test('one lesson can be read by itself', () => {
  const { lesson, segments } = readLesson(b4, 'B4.md');
  assert.equal(lesson.id, 'B4');
  assert.deepEqual(
    segments.map((segment) => segment.id),
    ['B4.title', 'B4.summary', 'B4.act.4', 'B4.act.4.say', 'B4.hand.1'],
  );
});

const change = (file: string, from: string, to: string) => {
  const files = baselineFiles();
  const text = files.get(file) ?? '';
  assert.ok(text.includes(from), from);
  return files.set(file, text.replace(from, to));
};
const B4 = 'lessons/B4.md';
const malformed: readonly (readonly [
  why: string,
  files: Map<string, string>,
  code: string,
  file: string,
  line: number,
])[] = [
  ['no front matter', change(B4, '---', '--'), 'contentMalformed', B4, 1],
  [
    'a field that the format does not know',
    change(B4, 'sheets: 2', 'sheets: 2\ncolour: red'),
    'contentMalformed',
    B4,
    10,
  ],
  ['a field of the wrong type', change(B4, 'minutes: 45', 'minutes: long'), 'contentMalformed', B4, 5],
  ['a key twice', change(B4, 'minutes: 45', 'minutes: 45\nminutes: 45'), 'contentMalformed', B4, 6],
  ['a tag', change(B4, 'minutes: 45', 'minutes: !!js/eval 45'), 'contentMalformed', B4, 5],
  ['an alias', change(B4, 'evidence: [E3, E10]', 'evidence: [&e E3, *e]'), 'contentMalformed', B4, 13],
  ['an unknown section', change(B4, '# messages', '# message'), 'contentMalformed', B4, 26],
  ['an unknown kind', change(B4, 'speech core', 'talk core'), 'contentMalformed', B4, 35],
  ['an unknown policy', change(B4, 'speech core', 'speech fixed'), 'contentMalformed', B4, 35],
  ['an unknown field of a placement', change(B4, 'minutes=15', 'minuts=15'), 'contentMalformed', B4, 32],
  ['a marker that does not end', change(B4, '[@CPS-01]', '[@CPS-01'), 'contentMalformed', B4, 28],
  ['a text after a reference', change(B4, '[@CPS-01]', '[@CPS-01]\nText'), 'contentMalformed', B4, 29],
  ['a segment twice', change(B4, '#B4.summary', '#B4.title'), 'segmentDuplicate', B4, 21],
  ['a segment in two files', change(B4, '#B4.summary', '#CPS-01'), 'segmentDuplicate', 'shared/core-statements.md', 5],
  ['a segment that nobody defines', change(B4, '[@CPS-01]', '[@CPS-09]'), 'segmentUnknown', B4, 28],
  ['a fact that nobody defines', change(B4, 'no field', 'no field {no.fact}'), 'factUnknown', B4, 39],
  [
    'a shared file with a section',
    change('shared/core-statements.md', '[#CPS-01.plain', '# head\n\n[#CPS-01.plain'),
    'contentMalformed',
    'shared/core-statements.md',
    8,
  ],
  ['a lesson that is not there', change('order.yaml', '- B4', '- B4\n- B5'), 'contentMalformed', 'order.yaml', 2],
  ['a lesson without a place', change('order.yaml', '- B4', '[]'), 'contentMalformed', 'order.yaml', 1],
  [
    'a fact twice',
    change('facts.yaml', 'key: helpline.crisis', 'key: helpline.child'),
    'contentMalformed',
    'facts.yaml',
    6,
  ],
  [
    'an unknown type of a fact',
    change('facts.yaml', 'type: contact', 'type: fax'),
    'contentMalformed',
    'facts.yaml',
    7,
  ],
];
for (const [why, files, code, file, line] of malformed) {
  test(`refused with its line: ${why}`, () => {
    assert.throws(
      () => readBaseline(files),
      (error: { code: string; data: { file: string; line: number } }) => {
        assert.deepEqual(
          [error.code, error.data.file, error.data.line],
          [code, file, line],
          JSON.stringify(error.data),
        );
        return true;
      },
    );
  });
}

test('the baseline of this repository is read, kept in its files, and its history adds up', () => {
  const load = (folder: string) =>
    new Map(
      globSync('**/*.{md,yaml}', { cwd: folder }).map((file) => [
        file.replaceAll('\\', '/'),
        readFileSync(`${folder}/${file}`, 'utf8'),
      ]),
    );
  const content = new URL('../../../content/', import.meta.url).pathname;
  const files = load(`${content}baseline`);
  const baseline = readBaseline(files);
  assert.deepEqual(readBaseline(writeBaseline(baseline, homesOf(files))), baseline);
  const history = historyOf(baseline, readReleases(load(`${content}releases`)));
  assert.equal(history.at(-1)?.release.root, packageRoot(baseline));
});
