import { z } from 'zod';
import { compareNumbers } from '../../domain/release/changeSet.ts';
import { highestSeverity } from '../../domain/release/meaning.ts';
import { type ChangeSet, type Release, severities } from '../../domain/release/release.ts';
import { changeSchema } from './changeSchema.ts';
import { malformed } from './malformed.ts';
import type { ContentFiles } from './readBaseline.ts';
import { daySchema, idListSchema, idSchema, releaseNumberSchema, textSchema } from './schemas.ts';
import { readYaml, writeYaml } from './yamlFile.ts';

/** A release as its file tells it. The root is known once the history has been computed; see `historyOf`. */
export type ReleaseRecord = Omit<Release, 'root'>;

export const changeSetIdSchema = z
  .string()
  .max(80)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);

const setSchema = z
  .strictObject({
    id: changeSetIdSchema,
    title: textSchema,
    severity: z.enum(severities),
    reason: textSchema,
    evidence: idListSchema.default([]),
    summary: textSchema,
    due: daySchema.nullable().default(null),
    author: z.string().max(200).default(''),
    approvedBy: z.string().max(200).nullable().default(null),
    clearedVariants: z.array(idSchema).default([]),
    changes: z.array(changeSchema).min(1),
  })
  .refine((set) => set.due === null || set.severity === 'safety', {
    path: ['due'],
    message: 'only a safety set is due',
  });

const fileShape = {
  release: releaseNumberSchema,
  on: daySchema,
  demonstration: z.boolean().default(false),
  summary: textSchema,
};
/** The first release brings everything: there is nothing to compare it with. */
const initialSchema = z.strictObject({ ...fileShape, initial: z.literal(true) });
const laterSchema = z.strictObject({ ...fileShape, sets: z.array(setSchema).min(1) });

/** The releases of `releases/<number>/changes.yaml`, oldest first. */
export function readReleases(files: ContentFiles): readonly ReleaseRecord[] {
  const read = [...files]
    .filter(([file]) => /^[^/]+\/changes\.yaml$/.test(file))
    .map(([file, text]) => readRelease(file, text))
    .sort((a, b) => compareNumbers(a.number, b.number));
  const ids = new Set<string>();
  return read.map((release, index) => {
    const previous = read[index - 1]?.number ?? null;
    const file = `${release.number}/changes.yaml`;
    if (release.sets.length === 0 && index > 0) throw malformed(file, 1, 'only the first release is initial');
    for (const set of release.sets) {
      if (ids.has(set.id)) throw malformed(file, 1, `a change set twice: ${set.id}`);
      ids.add(set.id);
    }
    return { ...release, previous, sets: release.sets.map((set) => ({ ...set, base: previous })) };
  });
}

function readRelease(file: string, text: string): ReleaseRecord {
  const isInitial = /^initial:/m.test(text);
  const {
    release: number,
    on,
    summary,
    demonstration,
    ...rest
  } = isInitial ? readYaml(text, file, initialSchema) : readYaml(text, file, laterSchema);
  if (file !== `${number}/changes.yaml`) throw malformed(file, 1, `the folder is not named ${number}`);
  const sets = 'sets' in rest ? rest.sets.map((set): ChangeSet => ({ ...set, ...carried(number, on) })) : [];
  const severity = sets.length === 0 ? 'content' : highestSeverity(sets.map((set) => set.severity));
  return { number, previous: null, on, severity, summary, sets, demonstration };
}

/** What a set has by being in a release. */
export function carried(number: string, on: string) {
  return { state: 'released', base: null, release: number, revision: 0, updatedAt: `${on}T00:00:00.000Z` } as const;
}

/** One release as the text of its `changes.yaml`. */
export function writeChanges(release: ReleaseRecord): string {
  const { number, on, demonstration, summary } = release;
  const head = { release: number, on, demonstration, summary };
  if (release.previous === null) return writeYaml({ ...head, initial: true });
  const sets = release.sets.map(({ id, title, severity, reason, evidence, summary: told, due, ...set }) => ({
    id,
    title,
    severity,
    reason,
    ...(evidence.length === 0 ? {} : { evidence }),
    summary: told,
    ...(due === null ? {} : { due }),
    ...(set.author === '' ? {} : { author: set.author }),
    ...(set.approvedBy === null ? {} : { approvedBy: set.approvedBy }),
    ...(set.clearedVariants.length === 0 ? {} : { clearedVariants: set.clearedVariants }),
    changes: set.changes,
  }));
  return writeYaml({ ...head, sets });
}
