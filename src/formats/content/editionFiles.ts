import { z } from 'zod';
import {
  type AdaptationKind,
  adaptationKinds,
  type EditionTag,
  type LessonChoice,
  lessonStates,
} from '../../domain/edition/edition.ts';
import { DomainError } from '../../domain/errors.ts';
import type { LanguageCode } from '../../domain/facts/fact.ts';
import type { LessonId, SegmentId } from '../../domain/package/lessonPackage.ts';
import { normalText } from '../../domain/package/text.ts';
import type { Meaning, ReleaseNumber } from '../../domain/release/release.ts';
import type { Day } from '../../domain/time.ts';
import { malformed } from './malformed.ts';
import { readMarked, writeDefinition } from './markedFile.ts';
import { type OwnParts, ownPartsShape } from './ownParts.ts';
import type { ContentFiles, Homes } from './readBaseline.ts';
import { daySchema, idSchema, languageSchema, releaseNumberSchema, textSchema } from './schemas.ts';
import { readId } from './segmentMarker.ts';
import { readYaml, writeYaml, writeYamlLine } from './yamlFile.ts';

/** An edition as its `edition.yaml` describes it. */
export type EditionRecord = OwnParts & {
  readonly edition: EditionTag;
  readonly partner: { readonly id: string; readonly name: string };
  readonly language: LanguageCode;
  readonly country: string;
  readonly demonstration: boolean;
  readonly release: ReleaseNumber;
  readonly exitUrl: string;
  readonly lessons: Readonly<Record<LessonId, LessonChoice>>;
  /** The day of the first publication of the imported texts; null: not published. */
  readonly publishedOn: Day | null;
  readonly ledger: readonly LedgerRecord[];
};
export type LedgerRecord = {
  readonly segment: SegmentId;
  readonly kind: AdaptationKind;
  readonly reason: string;
  readonly omits: boolean;
  /** When somebody wrote it down or last said that it is still true; absent in files written by hand. */
  readonly on?: Day;
  /** The release that the edition stood on then. */
  readonly against?: ReleaseNumber;
  /** The baseline's meaning that was declined. */
  readonly declined?: Meaning;
};
/** An edition's words for a segment, the release they were made from, and a machine's back-translation. */
export type UnitRecord = {
  readonly segment: SegmentId;
  readonly target: string;
  readonly release: ReleaseNumber;
  readonly back?: string;
};
export type EditionFiles = { readonly edition: EditionRecord; readonly units: readonly UnitRecord[] };

const tagSchema = z.string().regex(/^[a-z]{2,3}(?:-[A-Z][a-z]{3})?-(?:[A-Z]{2}|\d{3})(?:-x(?:-[a-z0-9]{1,8})+)?$/);

const hashSchema = z.string().regex(/^[0-9a-f]{64}$/);

const choiceSchema: z.ZodType<LessonChoice> = z
  .strictObject({ state: z.enum(lessonStates), reason: textSchema.exactOptional() })
  .refine((choice) => choice.state !== 'leftOut' || choice.reason, { message: 'a lesson left out needs a reason' });

const editionSchema: z.ZodType<EditionRecord> = z.strictObject({
  edition: tagSchema,
  partner: z.strictObject({ id: idSchema, name: textSchema }),
  language: languageSchema,
  country: z.string().regex(/^(?:[A-Z]{2}|\d{3})$/),
  demonstration: z.boolean().default(false),
  release: releaseNumberSchema,
  exitUrl: z.url({ protocol: /^https?$/ }),
  lessons: z.record(idSchema, choiceSchema),
  publishedOn: daySchema.nullable().default(null),
  ledger: z
    .array(
      z.strictObject({
        segment: idSchema,
        kind: z.enum(adaptationKinds),
        reason: textSchema,
        omits: z.boolean().default(false),
        on: daySchema.exactOptional(),
        against: releaseNumberSchema.exactOptional(),
        declined: hashSchema.exactOptional(),
      }),
    )
    .default([]),
  ...ownPartsShape,
});
const unitHeadSchema = z.strictObject({ edition: tagSchema, release: releaseNumberSchema });

/** Reads the folder of one edition: `edition.yaml` and the files with its words. */
export function readEdition(files: ContentFiles): EditionFiles {
  const text = files.get('edition.yaml');
  if (text === undefined) throw malformed('edition.yaml', 1, 'the file is missing');
  const edition = readYaml(text, 'edition.yaml', editionSchema);
  const units = [...files].filter(([file]) => /^[^/]+\.md$/.test(file) && file !== 'README.md');
  const seen = new Set<SegmentId>();
  return { edition, units: units.flatMap(([file, words]) => readUnits(words, file, edition.edition, seen)) };
}

function readUnits(text: string, file: string, tag: EditionTag, seen: Set<SegmentId>): readonly UnitRecord[] {
  const { head, entries } = readMarked(text, file, ['back']);
  const { edition, release } = readYaml(head, file, unitHeadSchema, 1);
  if (edition !== tag) throw malformed(file, 2, `words of another edition: ${edition}`);
  return entries.map((entry) => {
    if (entry.kind !== 'definition') throw malformed(file, entry.line, 'an edition has only words: [#id]');
    const segment = readId(entry.words[0], file, entry.line);
    if (seen.has(segment)) throw new DomainError('segmentDuplicate', { segment, file, line: entry.line });
    seen.add(segment);
    const [word, ...others] = entry.words.slice(1);
    const from = word === undefined ? release : /^release=(.+)$/.exec(word)?.[1];
    if (others.length > 0 || !releaseNumberSchema.safeParse(from).success) {
      throw malformed(file, entry.line, `not a release: ${entry.words.slice(1).join(' ')}`);
    }
    if (entry.text === '') throw malformed(file, entry.line, `no words: ${segment}`);
    const back = normalText(entry.fields.back ?? '');
    return { segment, target: entry.text, release: from as string, ...(back === '' ? {} : { back }) };
  });
}

/** An edition as files; words stand in the file of the baseline that defines their segment, as far as that is known. */
export function writeEdition({ edition, units }: EditionFiles, homes: Homes = new Map()): Map<string, string> {
  const files = new Map([['edition.yaml', writeYaml(edition)]]);
  const { edition: tag, release } = edition;
  const head = `---\n${writeYamlLine('edition', tag)}\n${writeYamlLine('release', release)}\n---\n`;
  for (const unit of units) {
    const words = unit.release === release ? [unit.segment] : [unit.segment, `release=${unit.release}`];
    const home = homes.get(unit.segment)?.split('/').at(-1);
    const file = home ?? `${(unit.segment.split(/[.-]/)[0] ?? '').toUpperCase()}.md`;
    files.set(file, `${files.get(file) ?? head}\n${writeDefinition(words, [['back', unit.back]], unit.target)}`);
  }
  return files;
}
