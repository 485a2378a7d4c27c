import {
  approveChangeSet,
  describeChangeSet,
  draftChangeSet,
  editChangeSet,
  submitChangeSet,
} from '../../src/commands/baseline/draftChangeSet.ts';
import { makeRelease } from '../../src/commands/baseline/makeRelease.ts';
import { proposeRelease } from '../../src/commands/baseline/releaseImpact.ts';
import { hashPassword } from '../../src/commands/people/password.ts';
import type { Actor, Person, Role } from '../../src/domain/access/access.ts';
import { diffPackages } from '../../src/domain/diff/diffReleases.ts';
import type { TranslationUnit } from '../../src/domain/edition/edition.ts';
import type { FactDefinition } from '../../src/domain/facts/fact.ts';
import { emptyPackage, type LessonPackage, type Policy, type Segment } from '../../src/domain/package/lessonPackage.ts';
import { textHash } from '../../src/domain/release/canonical.ts';
import { editSegment } from '../../src/domain/release/editing.ts';
import type { Change, ChangeSet, Release, Severity } from '../../src/domain/release/release.ts';
import { smallPackage } from '../domain/update/smallRiver.ts';
import type { TestWorld } from '../web/testApp.ts';
import { addPartners, edition, password, testWorld } from '../web/testApp.ts';

export const sources: Readonly<Record<string, string>> = {
  'L1.start': 'Read the story aloud.',
  'L1.keep': 'Keep the proof and tell an adult.',
  'L1.call': 'Call: {helpline.child}',
  'L1.pay': 'Never pay, never send more.',
  'L1.practise': 'Practise the five steps.',
};

const policyOf = (id: string): Policy => (id === 'L1.practise' ? 'core' : 'adaptable');
export const segmentOf = (id: string): Segment => ({
  id,
  kind: id === 'L1.practise' ? 'step' : 'paragraph',
  policy: policyOf(id),
  text: sources[id] ?? '',
});

const helpline: FactDefinition = {
  key: 'helpline.child',
  type: 'phone',
  need: 'required',
  label: 'The helpline for children',
  checkEvery: 180,
};

/** One lesson that passes every check of the baseline. */
function firstPackage(): LessonPackage {
  const bare = smallPackage(Object.keys(sources).map(segmentOf));
  const lessons = bare.lessons.map((lesson) => ({
    ...lesson,
    sections: lesson.sections.map((section) => ({
      ...section,
      placements: section.placements.map((placement) =>
        placement.segment === 'L1.practise' ? { ...placement, minutes: 45, practice: true as const } : placement,
      ),
    })),
  }));
  return { ...bare, lessons, facts: { [helpline.key]: helpline } };
}

const cast = {
  ada: ['authority', 'pedagogue'],
  bo: ['authority', 'pedagogue'],
  ingrid: ['authority', 'chiefEditor'],
  ola: ['authority', 'operator'],
  deniz: ['tr', 'coordinator'],
  derya: ['tr', 'coordinator'],
  elif: ['tr', 'translator'],
  murat: ['tr', 'reviewer'],
  hala: ['eg', 'coordinator'],
} as const satisfies Readonly<Record<string, readonly [string, Role]>>;

export type Name = keyof typeof cast;
export const names = Object.keys(cast) as readonly Name[];
export const roleOf = (name: Name): Role => cast[name][1];
export type SmallWorld = TestWorld & {
  readonly as: Readonly<Record<Name, Actor>>;
  /** Acknowledged texts in order, whoever wrote them. */
  readonly unit: (segment: string) => Promise<TranslationUnit | null>;
};

/** Two editions of one lesson on the real store, with the people who work on it; release 1.0.0. Its clock goes on. */
export async function smallWorld(): Promise<SmallWorld> {
  const still = await testWorld();
  const { store, clock } = still;
  const now = () => {
    clock.now = new Date(Date.parse(clock.now) + 1000).toISOString();
    return clock.now;
  };
  const world = { ...still, now };
  await addPartners(world);
  const as: Partial<Record<Name, Actor>> = {};
  const hash = await hashPassword(password);
  for (const name of names) {
    const [partner, role] = cast[name];
    const person: Person = {
      ...{ id: name, name: `${name[0]?.toUpperCase()}${name.slice(1)}`, email: `${name}@example.org`, language: 'en' },
      ...{ partner, roles: [role], state: 'active', mail: 'all', epoch: 0, revision: 1 },
    };
    await store.people.save(person);
    await store.people.setPasswordHash(name, hash);
    as[name] = { kind: 'person', person };
  }
  const set: ChangeSet = {
    ...{ id: 'the-start', title: 'The start', severity: 'content', reason: 'It begins.', evidence: [] },
    ...{ summary: 'The first lesson.', due: null, changes: diffPackages(emptyPackage, firstPackage()) },
    ...{ clearedVariants: [], state: 'approved', base: null, release: null, author: 'ada', approvedBy: 'bo' },
    ...{ revision: 1, updatedAt: world.now() },
  };
  const { release, lessonPackage, revisions } = await proposeRelease(store, [set], '2026-11-01', { number: '1.0.0' });
  await store.releases.add(release, lessonPackage, revisions);
  for (const [tag, partner] of [
    ['tr-TR', 'tr'],
    ['ar-EG', 'eg'],
  ] as const) {
    const base = edition(tag, partner);
    await store.editions.save({
      ...base,
      upstream: { release: '1.0.0', ahead: [] },
      lessons: { L1: { state: 'offered' } },
    });
    await store.units.saveMany(Object.keys(sources).map((id) => firstUnit(tag, id)));
    await store.facts.save({
      ...{ key: helpline.key, jurisdiction: tag.slice(3), neutral: { phone: tag === 'tr-TR' ? '183' : '16000' } },
      ...{ wordings: {}, source: 'https://example.org/', lookedUpOn: '2026-11-01', certainty: 'high' },
      ...{ check: null, suspended: null },
    });
  }
  return { ...world, as: as as Record<Name, Actor>, unit: (segment) => store.units.byId('tr-TR', segment) };
}

export const firstText = (tag: string, segment: string): string =>
  `${tag === 'tr-TR' ? 'Birinci metin' : 'النص الأول'}: ${segment}${segment === 'L1.call' ? ' {helpline.child}' : ''}`;

export const firstUnit = (tag: string, segment: string, source = sources[segment] ?? ''): TranslationUnit => ({
  ...{ edition: tag, segment, target: firstText(tag, segment), state: 'reviewed' },
  ...{ basedOn: textHash(source), adapted: false, backTranslation: null, by: 'seed' },
  ...{ reviewedBy: 'seed', at: '2026-11-01T09:00:00.000Z', origin: 'seed', revision: 1 },
});

export const wordsOfSet = (title: string, severity: Severity) => ({
  ...{ title, severity, reason: 'Children told us.', evidence: [], summary: 'Clearer words.', clearedVariants: [] },
  due: severity === 'safety' ? '2027-03-01' : null,
});

/** The next release, through the real commands: Ada drafts, Bo approves, Ingrid releases. */
export async function nextRelease(
  world: SmallWorld,
  severity: Severity,
  changes: (lessonPackage: LessonPackage) => readonly Change[],
): Promise<Release> {
  const { as, store } = world;
  const previous = (await store.releases.newest())?.number ?? null;
  const words = wordsOfSet(`After ${previous}`, severity);
  const at = (set: ChangeSet) => ({ set: set.id, revision: set.revision });
  let set = await draftChangeSet(world, as.ada, words);
  set = await editChangeSet(world, as.ada, at(set), changes);
  set = await describeChangeSet(world, as.ada, at(set), words);
  set = await submitChangeSet(world, as.ada, at(set));
  set = await approveChangeSet(world, as.bo, at(set));
  return makeRelease(world, as.ingrid, { sets: [set.id], summary: '', previous });
}

export const edits =
  (texts: Readonly<Record<string, string>>) =>
  (lessonPackage: LessonPackage): readonly Change[] =>
    Object.entries(texts).flatMap(([id, text]) => editSegment(lessonPackage, id, text));

/** Every text that the edition's working copy or its history holds. */
export async function textsKept(world: SmallWorld, segment: string, tag = 'tr-TR'): Promise<readonly string[]> {
  const unit = await world.store.units.byId(tag, segment);
  const past = await world.store.units.history(tag, segment);
  return [...(unit === null ? [] : [unit.target]), ...past.map((each) => each.target)];
}

/** The stored edition's revision. */
export async function revisionOf(world: SmallWorld, tag = 'tr-TR'): Promise<number> {
  return (await world.store.editions.byTag(tag))?.revision ?? 0;
}

export const refusedWith = (code: string) => (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === code;
