import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { segmentsOf } from '../../src/domain/edition/workingText.ts';
import type { LessonPackage } from '../../src/domain/package/lessonPackage.ts';
import { extendHistory, type History } from '../../src/domain/release/meaning.ts';
import { packageDelta } from '../../src/domain/update/packageDelta.ts';
import { planUpdate } from '../../src/domain/update/planUpdate.ts';
import type { ItemKind, UpdatePlan } from '../../src/domain/update/update.ts';
import { tree } from '../content/tree.ts';
import { createEvidence } from './evidence.ts';
import { type EditionAt, editionAt } from './replay/editionAt.ts';
import { disagreements, expectedPairs, verdictOn, verdicts } from './replay/expected.ts';
import { type Merged, msgmerge, msgmergeVersion, type PoEntry } from './replay/msgmerge.ts';

/**
 * Every edition from every release to every later one: what the planner asks, what gettext's `msgmerge` would ask, and
 * for three pairs what the revision table of the curriculum brief leads one to expect.
 */
const evidence = createEvidence('replay');
const tool = msgmergeVersion();
const releases = tree.history ?? [];
const history = releases.reduce<History>((known, { revisions }) => extendHistory(known, revisions), {});
const violations: string[] = [];

type Row = {
  readonly edition: string;
  readonly base: string;
  readonly target: string;
  readonly changed: number;
  readonly take: number;
  readonly carry: number;
  readonly stale: number;
  readonly safety: number;
  readonly conflict: number;
  readonly termReview: number;
  readonly added: number;
  readonly removed: number;
  readonly facts: number;
  readonly lessons: number;
  /** With fuzzy matching, which takes half a minute for a whole edition: null where it was not asked for. */
  readonly msgmerge: Omit<Merged, 'milliseconds'> | null;
  readonly msgmergeSame: Omit<Merged, 'milliseconds'>;
};

const of = (plan: UpdatePlan, kind: ItemKind): number => plan.items.filter((item) => item.kind === kind).length;

/** The texts of the lessons that an edition has, as a tool of gettext would be given them. */
function sourcesOf(lessonPackage: LessonPackage, ours: EditionAt): readonly PoEntry[] {
  const lessons = lessonPackage.lessons.filter((lesson) => ours.edition.lessons[lesson.id] !== undefined);
  const ids = [...new Set(lessons.flatMap(segmentsOf))];
  return ids.map((id) => ({
    id,
    source: lessonPackage.segments[id]?.text ?? '',
    target: ours.units.get(id)?.target ?? '',
  }));
}

const counted = ({ milliseconds: _, ...rest }: Merged) => rest;
const rows: Row[] = [];
const found: { base: string; target: string; disagreement: string; right: string; verdict: string }[] = [];
const judged = verdicts();
const lists = expectedPairs();
/** `--fuzzy`: msgmerge with fuzzy matching for all pairs, not for the three with a list alone. */
const everyPair = process.argv.includes('--fuzzy');
let pairs = 0;

for (const [at, from] of releases.entries()) {
  for (const to of releases.slice(at + 1)) {
    pairs++;
    const [base, target] = [from.release.number, to.release.number];
    const delta = packageDelta(
      { number: base, lessonPackage: from.lessonPackage },
      { number: target, lessonPackage: to.lessonPackage },
      history,
    );
    const expected = lists.find((pair) => pair.base === base && pair.target === target);
    const fuzzyWanted = everyPair || expected !== undefined;
    for (const files of tree.editions) {
      const words = tree.glossaries.find(({ language }) => language === files.edition.language)?.terms ?? [];
      const terms = words.map((term) => ({ ...term, language: files.edition.language, revision: 1, by: '', at: '' }));
      const ours = { ...editionAt(files, base, from.lessonPackage, history), terms };
      const plan = planUpdate(delta, ours);
      const before = sourcesOf(from.lessonPackage, ours).filter((entry) => entry.target !== '');
      const after = sourcesOf(to.lessonPackage, ours);
      rows.push({
        edition: ours.edition.tag,
        base,
        target,
        changed: delta.segments.size,
        take: plan.counts.take,
        carry: plan.counts.carry,
        stale: of(plan, 'stale'),
        safety: plan.items.filter((item) => item.severity === 'safety').length,
        conflict: plan.counts.conflicts,
        termReview: of(plan, 'termReview'),
        added: of(plan, 'added'),
        removed: of(plan, 'removed'),
        facts: of(plan, 'factNeeded'),
        lessons: of(plan, 'lessonAdded') + of(plan, 'lessonRemoved'),
        msgmerge: fuzzyWanted ? counted(msgmerge(before, after, true)) : null,
        msgmergeSame: counted(msgmerge(before, after, false)),
      });
      if (expected === undefined || ours.edition.tag !== 'tr-TR') continue;
      for (const disagreement of disagreements(expected, plan)) {
        const verdict = verdictOn(expected, disagreement, judged);
        if (verdict === undefined) violations.push(`${base} to ${target}: ${disagreement}: no verdict`);
        found.push({
          base,
          target,
          disagreement,
          right: verdict?.right ?? 'nobody yet',
          verdict: verdict?.verdict ?? '',
        });
      }
    }
    console.log(`${base} to ${target}: ${delta.segments.size} segments differ`);
  }
}
if (pairs !== 66) violations.push(`${pairs} pairs instead of 66`);

const heads = ['edition', 'base', 'target', 'differ', 'take', 'carry', 'stale', 'safety', 'conflict', 'term review'];
const more = ['new', 'gone', 'facts', 'lessons', 'msgmerge fuzzy', 'untranslated', 'without fuzzy: untranslated'];
const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
const table = [
  '# Every edition from every release to every later one',
  '',
  `What the planner asks of the three editions, and what \`${tool}\` marks for the same texts. An edition is put back to its`,
  'base as if it had been translated from it (`test/prove/replay/editionAt.ts`). `npm run prove -- replay` writes this page.',
  '',
  line([...heads, ...more]),
  line([...heads, ...more].map(() => '---')),
  ...rows.map((row) =>
    line([
      ...[row.edition, row.base, row.target, row.changed, row.take, row.carry, row.stale, row.safety, row.conflict],
      ...[row.termReview, row.added, row.removed, row.facts, row.lessons],
      ...[row.msgmerge?.fuzzy ?? '', row.msgmerge?.untranslated ?? '', row.msgmergeSame.untranslated],
    ]),
  ),
  '',
  '## Three pairs against the revision table of the brief',
  '',
  line(['base', 'target', 'disagreement', 'right', 'verdict']),
  line(['---', '---', '---', '---', '---']),
  ...found.map((each) => line([each.base, each.target, each.disagreement, each.right, each.verdict])),
  '',
].join('\n');
writeFileSync(join(import.meta.dirname, '../../docs/evidence/replay.md'), table);

const verdict = violations.length === 0 ? 'passed' : 'failed';
const counts = { pairs, editions: tree.editions.length, tool, rows, disagreements: found };
for (const violation of violations) console.log(violation);
console.log(`${verdict}: ${evidence.write({ verdict, seed: null, faultsFired: null, counts, violations })}`);
process.exitCode = verdict === 'passed' ? 0 : 1;
