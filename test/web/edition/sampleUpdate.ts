import type { Store } from '../../../src/commands/ports.ts';
import type { LedgerEntry } from '../../../src/domain/edition/edition.ts';
import { textHash } from '../../../src/domain/release/canonical.ts';
import type { Change } from '../../../src/domain/release/release.ts';
import { edit, next, sampleReleases, sampleUnit, setOf } from './sampleRiver.ts';

const reads = 'Read the story of Sam aloud. Give the class 5 minutes to talk in pairs, and walk around.';
const always = 'You can always come to me, today or in a year.';
const summary = 'Children learn whom to tell when a message frightens them.';

/** A fourth release with one of nearly everything, and an English edition that differs. */
export async function addManyKinds(store: Store): Promise<void> {
  const releases = sampleReleases();
  const third = releases.at(-1);
  if (third === undefined) throw new Error('The sample river has no release');
  const { lessonPackage } = third;
  const all = releases.flatMap((release) => release.revisions);
  const word = { id: 'B4.act.5', kind: 'paragraph', policy: 'adaptable', text: 'Write down one name each.' } as const;
  const local = lessonPackage.segments['B4.local'];
  if (local === undefined) throw new Error('The sample package has no B4.local');
  const talk: readonly Change[] = [
    edit(lessonPackage, 'B4.act.2', reads.replace('walk around', 'listen to each pair')),
    edit(lessonPackage, 'B4.act.4', always.replace('today', 'tonight')),
    edit(lessonPackage, 'B4.summary', summary.replace('whom to tell', 'whom to tell first')),
    edit(lessonPackage, 'C3.act.1', 'Sort what is a myth from what is true'),
    { kind: 'segmentAdded', segment: word },
    { kind: 'placed', at: { lesson: 'B4', section: 'steps', after: 'B4.act.4' }, placement: { segment: word.id } },
    {
      kind: 'factAdded',
      fact: { key: 'helpline.text', type: 'phone', need: 'required', label: 'A helpline by text', checkEvery: 180 },
    },
    {
      kind: 'unplaced',
      at: { lesson: 'B4', section: 'safeguarding', after: null },
      placement: { segment: 'B4.local' },
    },
    { kind: 'segmentRemoved', segment: local },
  ];
  const fourth = next(
    third,
    all,
    '1.3.0',
    '2026-11-18',
    setOf('closer-talk', 'content', 'Closer talk', 'Trials.', talk),
  );
  await store.releases.add(fourth.release, fourth.lessonPackage, fourth.revisions);
  const english = (segment: string, target: string, source: string) =>
    sampleUnit('en-GB', segment, target, { by: 'grace', adapted: true, basedOn: textHash(source) });
  await store.units.saveMany([
    english('B4.act.2', reads.replace('walk around', 'walk between the tables'), reads),
    english('B4.act.4', `${always} My door is open.`, always),
    english('B4.local', 'In danger call 999.', lessonPackage.segments['B4.local']?.text ?? ''),
    sampleUnit('tr-TR', 'B4.local', 'Tehlikede ara: {emergency.number}.'),
    sampleUnit('tr-TR', 'C3.act.1', 'Söylentileri gerçeklerden ayırın'),
    sampleUnit('tr-TR', 'B4.act.4', 'Bugün de bir yıl sonra da bana gelebilirsin.'),
  ]);
  const entry = (segment: string, kind: LedgerEntry['kind'], reason: string, omits: boolean): LedgerEntry => ({
    edition: 'en-GB',
    segment,
    kind,
    reason,
    owner: 'grace',
    on: '2026-06-10',
    omits,
    revision: 1,
  });
  await store.ledger.save(entry('B4.act.2', 'example', 'Tables came up in nine of twelve groups.', false));
  await store.ledger.save(entry('B4.summary', 'omission', 'No room on our first page.', true));
}
