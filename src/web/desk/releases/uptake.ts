import type { Store } from '../../../commands/ports.ts';
import type { Partner } from '../../../domain/access/access.ts';
import type { Publication } from '../../../domain/edition/publication.ts';
import { standsOn } from '../../../domain/edition/standsOn.ts';
import type { LessonId } from '../../../domain/package/lessonPackage.ts';
import { textHash } from '../../../domain/release/canonical.ts';
import { stalenessOf } from '../../../domain/release/meaning.ts';
import type { Release } from '../../../domain/release/release.ts';
import { type Reading, readingOf, type Standing, standingOf } from '../../../domain/release/uptake.ts';
import { type Day, daysBetween } from '../../../domain/time.ts';
import { packageDelta } from '../../../domain/update/packageDelta.ts';
import { paths } from '../../paths.ts';
import type { Translate } from '../../route.ts';
import { editionName } from '../frame.ts';
import { daysLeft } from '../today/workRows.ts';

/** One edition and one release: who has it, who reads it. */
export type UptakeRow = {
  readonly tag: string;
  readonly name: string;
  readonly partner: string;
  readonly href: string;
  readonly stands: string;
  readonly standing: Standing;
  readonly reading: Reading;
};

export type Uptake = {
  readonly all: number;
  /** In their working text: on it or later, or with all its sets taken ahead. */
  readonly have: number;
  readonly readers: number;
  readonly unpublished: number;
  readonly waiting: readonly UptakeRow[];
  /** People have it, readers do not see it yet. */
  readonly unread: readonly UptakeRow[];
  readonly due: { readonly on: Day; readonly left: string; readonly late: boolean } | null;
};

/** Who has a release, from what editions stand on and what they have published. */
export async function uptakeOf(
  store: Store,
  release: Release,
  { t, language, today }: { readonly t: Translate; readonly language: string; readonly today: Day },
): Promise<Uptake> {
  const [editions, partners] = await Promise.all([store.editions.all(), store.partners.all()]);
  const names = new Map(partners.map((partner: Partner) => [partner.id, partner.name]));
  const touched = await touchedBy(store, release);
  const rows: UptakeRow[] = [];
  for (const edition of editions) {
    const { tag, publication: number, upstream } = edition;
    const publication = number === null ? null : await store.publications.byNumber(tag, number);
    const standing = standingOf(edition, release);
    const carried =
      standing === 'ahead' && publication !== null
        ? await carriedBy(store, publication, release, touched)
        : new Set<LessonId>();
    rows.push({
      tag,
      name: editionName(edition, language),
      partner: names.get(edition.partner) ?? '',
      href: paths.deskEdition.to(tag),
      stands: standsOn(upstream),
      standing,
      reading: readingOf(publication, release, new Set(touched.keys()), carried),
    });
  }
  return { ...summary(rows), due: dueOf(t, release, today) };
}

/** Counts, and the names behind them. */
export function summary(rows: readonly UptakeRow[]): Omit<Uptake, 'due'> {
  const has = rows.filter((row) => row.standing !== 'waits');
  return {
    all: rows.length,
    have: has.length,
    readers: rows.filter((row) => row.reading === 'has').length,
    unpublished: rows.filter((row) => row.reading === 'unpublished').length,
    waiting: rows.filter((row) => row.standing === 'waits'),
    unread: has.filter((row) => row.reading === 'waits'),
  };
}

/** The earliest day by which a safety set of the release has to be carried. */
function dueOf(t: Translate, release: Release, today: Day): Uptake['due'] {
  const on = release.sets.flatMap((set) => (set.severity === 'safety' ? (set.due ?? []) : [])).sort()[0];
  if (on === undefined) return null;
  const days = daysBetween(today, on);
  return { on, left: daysLeft(t, days), late: days < 0 };
}

/** The lessons whose texts the release changed, with the changed segments. */
async function touchedBy(store: Store, release: Release): Promise<ReadonlyMap<LessonId, readonly string[]>> {
  const after = await store.releases.lessonPackage(release.number);
  if (release.previous === null) return new Map(after.lessons.map((lesson) => [lesson.id, []]));
  const before = await store.releases.lessonPackage(release.previous);
  const history = await store.releases.fullHistory();
  const delta = packageDelta(
    { number: release.previous, lessonPackage: before },
    { number: release.number, lessonPackage: after },
    history,
  );
  const changed = [...delta.segments.values()].flatMap(({ id, lessons }) => lessons.map((lesson) => ({ lesson, id })));
  const byLesson = Map.groupBy(changed, ({ lesson }) => lesson);
  return new Map([...byLesson].map(([lesson, found]) => [lesson, found.map(({ id }) => id)]));
}

/** Of an edition that took the sets ahead: the published lessons whose texts were made from the release's. */
async function carriedBy(
  store: Store,
  publication: Publication,
  release: Release,
  touched: ReadonlyMap<LessonId, readonly string[]>,
): Promise<ReadonlySet<LessonId>> {
  const [lessonPackage, history] = await Promise.all([
    store.releases.lessonPackage(release.number),
    store.releases.fullHistory(),
  ]);
  const carried = new Set<LessonId>();
  for (const { lesson, hash } of publication.lessons) {
    const segments = touched.get(lesson);
    const body = segments === undefined ? null : await store.publications.lesson(hash);
    if (segments === undefined || body === null) continue;
    const current = segments.every((id) => {
      const text = lessonPackage.segments[id]?.text;
      const published = body.segments[id];
      if (text === undefined || published === undefined) return true;
      const staleness = stalenessOf(history[id] ?? [], published.basedOn, textHash(text));
      return staleness === null || staleness.severity === 'editorial';
    });
    if (current) carried.add(lesson);
  }
  return carried;
}
