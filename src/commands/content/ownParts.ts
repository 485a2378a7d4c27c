import type { Edition } from '../../domain/edition/edition.ts';
import type { Override } from '../../domain/edition/override.ts';
import type { OverrideRecord, OwnParts } from '../../formats/content/ownParts.ts';
import type { Store } from '../ports.ts';

/** Everything of an edition's own beside its words, as its file holds it: without the names of people. */
export async function ownPartsOf(store: Store, edition: Edition): Promise<OwnParts> {
  const [overrides, segments, lessons] = await Promise.all([
    store.overrides.ofEdition(edition.tag),
    store.material.segments(edition.tag),
    store.material.lessons(edition.tag),
  ]);
  const summaries = Object.entries(edition.summaries ?? {}).map(([set, { text, on }]) => [set, { text, on }] as const);
  const raised = Object.entries(edition.raised ?? {}).map(([set, { by: _, ...each }]) => [set, each] as const);
  return {
    ...some('ahead', edition.upstream.ahead),
    ...some('passed', edition.upstream.passed ?? []),
    ...(raised.length === 0 ? {} : { raised: Object.fromEntries(raised) }),
    ...(summaries.length === 0 ? {} : { summaries: Object.fromEntries(summaries) }),
    ...some('kept', edition.kept ?? []),
    ...some('overrides', overrides.map(overrideRecord)),
    ...some(
      'segments',
      segments
        .filter((segment) => !segment.removed)
        .map(({ id, lesson, section, after, earlier, later, since, kind, text }) => ({
          ...{ id, lesson, section, after, earlier, later, since, kind, text },
        })),
    ),
    ...some(
      'ownLessons',
      lessons
        .filter((lesson) => !lesson.removed)
        .map(({ id, fields, sections, reason }) => ({ id, fields, sections, reason })),
    ),
    ...(edition.wordsPerHour === undefined ? {} : { wordsPerHour: edition.wordsPerHour }),
  };
}

/** Always in the same order, whatever order the store gives: a file then changes only where something changed. */
function overrideRecord(override: Override): OverrideRecord {
  const { lesson, section, reason, on, against } = override;
  const about = { lesson, section, reason, on, against };
  return override.kind === 'minutes'
    ? { kind: 'minutes', ...about, segment: override.segment, minutes: override.minutes, base: override.base }
    : { kind: 'order', ...about, order: override.order, base: override.base };
}

const some = <Name extends string, Part>(
  name: Name,
  parts: readonly Part[],
): { readonly [name in Name]?: readonly Part[] } =>
  parts.length === 0 ? {} : ({ [name]: parts } as { readonly [name in Name]?: readonly Part[] });
