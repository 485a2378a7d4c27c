import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { content } from '../../src/cli/content.ts';
import { sentenceOf } from '../../src/cli/contentSentences.ts';
import { checkContent, type Located } from '../../src/commands/content/checkContent.ts';
import { readConfig } from '../../src/config.ts';
import { historyFindings } from '../../src/domain/checks/historyChecks.ts';
import { DomainError } from '../../src/domain/errors.ts';
import type { ContentFiles } from '../../src/formats/content/readBaseline.ts';
import { changed, foundInEdition, foundInLesson, shelf, tree } from './tree.ts';

test('there is nothing to mend in the content of this repository', () => {
  const findings = checkContent(tree, shelf);
  assert.deepEqual(
    findings.map(
      (finding) => `${finding.place?.file}:${finding.place?.line} ${finding.segment} ${sentenceOf(finding)}`,
    ),
    [],
  );
});

/** A text after `[#id …]` and its field lines, replaced. */
const rewrite = (id: string, text: string) => (file: string) =>
  file.replace(
    new RegExp(`(\\[#${id.replaceAll('.', '\\.')}(?: [^\\]]*)?\\]\\n(?:[a-z]+: .*\\n)*)([^\\n]+)`),
    `$1${text}`,
  );
const replace = (from: string | RegExp, to: string) => (text: string) => text.replace(from, to);

type Case = {
  readonly error: string;
  readonly code: Located['code'];
  readonly files: () => ContentFiles;
  readonly lesson: string | null;
  readonly segment?: string;
};

const a1 = 'baseline/lessons/A1.md';
const tr = 'editions/tr-TR/A1.md';
const cases: readonly Case[] = [
  {
    error: 'minutes that do not add up',
    code: 'minutesDiffer',
    lesson: 'A1',
    files: () => changed([a1, replace(/^minutes: 40$/m, 'minutes: 41')]),
  },
  {
    error: 'evidence that the register does not have',
    code: 'evidenceUnknown',
    lesson: 'A1',
    files: () => changed([a1, replace(/^evidence: \[E1,/m, 'evidence: [E99,')]),
  },
  {
    error: 'two right answers',
    code: 'rightAnswers',
    lesson: 'A1',
    segment: 'A1.q.1',
    files: () => changed([a1, replace('[#A1.q.1.a answer core]', '[#A1.q.1.a answer core right]')]),
  },
  {
    error: 'no practice step',
    code: 'practiceMissing',
    lesson: 'A1',
    files: () => changed([a1, replace(/ practice(?= |\])/g, '')]),
  },
  {
    error: 'a practice step that is not core',
    code: 'practiceNotCore',
    lesson: 'A1',
    files: () => changed([a1, replace(/step core (minutes=\d+ practice)/, 'step adaptable $1')]),
  },
  {
    error: 'an objective that a country may change',
    code: 'policyWrong',
    lesson: 'A1',
    segment: 'A1.obj.1',
    files: () => changed([a1, replace('[#A1.obj.1 item core]', '[#A1.obj.1 item adaptable]')]),
  },
  {
    error: 'a sentence too long for seven-year-olds',
    code: 'sentenceLong',
    lesson: 'A1',
    segment: 'A1.q.1',
    files: () =>
      changed([a1, rewrite('A1.q.1', 'Who of all the people in your whole wide world can be on your own trust team?')]),
  },
  {
    error: 'words too hard for the age',
    code: 'readingHard',
    lesson: 'A1',
    files: () =>
      changed([
        a1,
        (text) =>
          text.replace(
            /(\[#A1\.(?:q|later)[^\]]*(?:question|answer)[^\]]*\]\n)[^\n]+/g,
            '$1Extraordinarily sophisticated organisations universally appreciate communication.',
          ),
      ]),
  },
  {
    error: 'a drawing without a description',
    code: 'altTextMissing',
    lesson: 'A1',
    segment: 'A1.hand.1.pic',
    files: () => changed([a1, rewrite('A1.hand.1.pic', 'Lumi.')]),
  },
  {
    error: 'a drawing that nobody drew',
    code: 'drawingMissing',
    lesson: 'A1',
    segment: 'A1.hand.1.pic',
    files: () => changed([a1, replace('drawing: lumi', 'drawing: nobody-drew-this')]),
  },
  {
    error: 'a label too few',
    code: 'labelsDiffer',
    lesson: 'A2',
    files: () => changed(['baseline/lessons/A2.md', replace(/\[#A2\.hand\.\d+\.label1 label \w+\]\n[^\n]+\n\n/, '')]),
  },
  {
    error: 'a term of the avoid list',
    code: 'avoidedTerm',
    lesson: 'A1',
    segment: 'A1.summary',
    files: () =>
      changed([a1, rewrite('A1.summary', 'Children learn about stranger danger and practise saying it aloud.')]),
  },
  {
    error: 'a red line',
    code: 'redLine',
    lesson: 'A1',
    segment: 'A1.summary',
    files: () => changed([a1, rewrite('A1.summary', 'Children learn that a picture is online for ever.')]),
  },
  {
    error: 'a number to call in the text',
    code: 'freeFact',
    lesson: 'A1',
    segment: 'A1.summary',
    files: () => changed([a1, rewrite('A1.summary', 'Children learn to call 116 111 when they need help.')]),
  },
  {
    error: 'a lesson without “Not your fault”',
    code: 'coreMissing',
    lesson: 'A1',
    files: () => changed([a1, replace(/\[@CPS-01\.young\]\n\n?/g, '')]),
  },
  {
    error: 'a question without its parallel',
    code: 'laterMissing',
    lesson: 'A1',
    files: () => changed([a1, replace(/# later\n[\s\S]*?(?=\n# )/, '# later\n')]),
  },
  {
    error: 'a translation that loses the helpline',
    code: 'factsDiffer',
    lesson: null,
    segment: 'SHR.help.1',
    files: () =>
      changed([
        'editions/tr-TR/routines.md',
        replace(/(\[#SHR\.help\.1\]\n(?:back: .*\n)*[^\n]*)\{helpline\.child\}/, '$1'),
      ]),
  },
  {
    error: 'a translation with another number',
    code: 'numbersDiffer',
    lesson: null,
    segment: 'A1.summary',
    files: () =>
      changed([tr, rewrite('A1.summary', 'Çocuklar 7 kişilik bir güven takımı kurar ve yardım istemeyi prova eder.')]),
  },
  {
    error: 'a translation that marks other words',
    code: 'marksDiffer',
    lesson: null,
    segment: 'A1.summary',
    files: () =>
      changed([tr, rewrite('A1.summary', 'Çocuklar **güven** takımını kurar ve yardım istemeyi prova eder.')]),
  },
  {
    error: 'a translation that is the English text',
    code: 'untouchedSource',
    lesson: null,
    segment: 'A1.title',
    files: () => changed([tr, rewrite('A1.title', 'My trust team')]),
  },
  {
    error: 'a core text without its back-translation',
    code: 'backMissing',
    lesson: null,
    segment: 'A1.title',
    files: () => changed([tr, replace(/(\[#A1\.title[^\]]*\]\n)(?:back: .*\n)+/, '$1')]),
  },
  {
    error: 'a unit that is missing',
    code: 'untranslated',
    lesson: null,
    segment: 'A1.title',
    files: () => changed([tr, replace(/\[#A1\.title[^\]]*\]\n(?:back: .*\n)*[^\n]+\n/, '')]),
  },
  {
    error: 'a unit of a segment that is not there',
    code: 'unitUnknown',
    lesson: null,
    segment: 'A1.nowhere',
    files: () => changed([tr, (text) => `${text}\n[#A1.nowhere]\nHiçbir yerde\n`]),
  },
  {
    error: 'a term that Turkish avoids',
    code: 'avoidedTerm',
    lesson: null,
    segment: 'A1.summary',
    files: () => changed([tr, rewrite('A1.summary', 'Çocuklar sapıklardan korunmayı öğrenir.')]),
  },
  {
    error: 'a ledger entry about nothing',
    code: 'ledgerUnknown',
    lesson: null,
    segment: 'A1.nowhere',
    files: () =>
      changed([
        'editions/tr-TR/edition.yaml',
        (text) =>
          text.replace(
            /^ledger:\n/m,
            'ledger:\n  - { segment: A1.nowhere, kind: name, reason: "None.", omits: false }\n',
          ),
      ]),
  },
];

describe('one seeded error of each kind is found, with its file, line and segment', () => {
  for (const { error, code, files, lesson, segment } of cases) {
    test(error, () => {
      const all = lesson === null ? foundInEdition(files()) : foundInLesson(files(), lesson);
      const findings = all.filter((finding) => finding.code === code);
      const finding = segment === undefined ? findings[0] : findings.find((each) => each.segment === segment);
      assert.ok(finding, `${code} is not found; found: ${JSON.stringify(findings)}`);
      assert.match(finding.place?.file ?? '', /^content\/.+\.(?:md|yaml)$/);
      assert.ok((finding.place?.line ?? 0) >= 1);
      assert.match(sentenceOf(finding), /[.:] .+\.$|\.$|: practice$|: right$/);
    });
  }

  test('a drawing that changed under its name', () => {
    const drawings = new Map(shelf.drawings).set('lumi', `${shelf.drawings.get('lumi')}<!-- another smile -->`);
    const baseline = { ...tree, history: null, editions: [], glossaries: [] };
    const codes = checkContent(baseline, { ...shelf, drawings }).map((finding) => finding.code);
    assert.deepEqual(codes, ['drawingChanged']);
  });

  test('a fact that is not defined, an id twice, a lost reference: refused while reading, with file and line', () => {
    const refused = (files: ContentFiles, code: string) =>
      assert.throws(
        () => foundInLesson(files, 'A1'),
        (error) => error instanceof DomainError && error.code === code && Number(error.data.line) > 1,
      );
    refused(changed([a1, rewrite('A1.summary', 'Call {helpline.nowhere} now.')]), 'factUnknown');
    refused(changed([a1, replace('[#A1.summary paragraph', '[#A1.title paragraph')]), 'segmentDuplicate');
    refused(changed([a1, replace('[@SHR.young.rules.1]', '[@SHR.nowhere.1]')]), 'segmentUnknown');
  });

  test('an id that comes back for something else', () => {
    const history = tree.history ?? [];
    const removal = history
      .flatMap(({ release }) => release.sets.flatMap((set) => set.changes))
      .find((change) => change.kind === 'segmentRemoved');
    assert.ok(removal?.kind === 'segmentRemoved', 'the history takes something out');
    const last = history.at(-1);
    assert.ok(last);
    const set = {
      ...(last.release.sets[0] as (typeof last.release.sets)[number]),
      id: 'again',
      changes: [{ kind: 'segmentAdded' as const, segment: { ...removal.segment, text: 'Something else.' } }],
    };
    const again = { ...last, release: { ...last.release, number: '9.0.0', sets: [set] } };
    assert.deepEqual(
      historyFindings([...history, again]).map(({ code, segment }) => [code, segment]),
      [['idReused', removal.segment.id]],
    );
  });

  test('a statement whose other register was forgotten', () => {
    const history = tree.history ?? [];
    const last = history.at(-1);
    assert.ok(last);
    const before = last.lessonPackage.segments['CPS-01']?.text ?? '';
    const set = {
      ...(last.release.sets[0] as (typeof last.release.sets)[number]),
      id: 'forgotten',
      clearedVariants: [],
      changes: [{ kind: 'segmentEdited' as const, segment: 'CPS-01', before, after: `${before} Always.` }],
    };
    const again = { ...last, release: { ...last.release, number: '9.0.0', sets: [set] } };
    const [finding, ...others] = historyFindings([...history, again]);
    assert.deepEqual([finding?.code, finding?.segment, others.length], ['variantUntouched', 'CPS-01', 0]);
    assert.match(String(finding?.data.variants), /CPS-01\.plain/);
  });
});

test('the command prints and returns what it found', async (context) => {
  const lines: string[] = [];
  context.mock.method(console, 'log', (line: string) => lines.push(line));
  assert.equal(await content(readConfig({}), 'check', ['--lesson', 'A1']), 0);
  assert.deepEqual(lines, ['Nothing to mend.']);
  lines.length = 0;
  assert.equal(await content(readConfig({}), 'table', []), 0);
  const rows = (lines[0] ?? '').split('\n');
  assert.match(rows[0] ?? '', /^session +language +words +segments +core +adaptable +local +reading +complete$/);
  assert.equal(rows.filter((row) => / en /.test(row)).length, 17);
  assert.equal(rows.filter((row) => / tr-TR /.test(row) && row.endsWith('100 %')).length, 17);
});
