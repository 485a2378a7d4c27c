import type { Store } from '../commands/ports.ts';
import type { EditionTag } from '../domain/edition/edition.ts';
import type { Publication, PublishedLesson } from '../domain/edition/publication.ts';
import { DomainError } from '../domain/errors.ts';
import { takenIndex } from './compareAndSet.ts';
import { type Entry, flag, fromEntries, maybeFlag, number, text, toEntries, value, values } from './fields.ts';
import type { Scope } from './scope.ts';
import { defineTable, openTable } from './table.ts';

/** `on` is a word that Mongoose keeps for itself. */
type PublicationRow = Omit<Publication, 'on'> & { readonly _id: string; readonly day: string };
type LessonRow = Omit<PublishedLesson, 'segments' | 'facts' | 'evidence'> & {
  readonly _id: string;
  readonly segments: readonly Entry<PublishedLesson['segments'][string]>[];
  readonly facts: readonly Entry<PublishedLesson['facts'][string]>[];
  readonly evidence: readonly Entry<string>[];
};

const publications = defineTable<PublicationRow>('publications', {
  edition: text,
  number,
  day: text,
  at: text,
  by: text,
  kind: text,
  lessons: values,
  root: text,
  demonstration: flag,
});
const publishedLessons = defineTable<LessonRow>('publishedLessons', {
  edition: text,
  language: text,
  country: text,
  demonstration: flag,
  release: text,
  own: maybeFlag,
  lesson: value,
  segments: values,
  facts: values,
  evidence: values,
});

const idOf = (tag: EditionTag, number: number): string => `${tag}/${number}`;
const fromRow = ({ _id, day, ...publication }: PublicationRow): Publication => ({ ...publication, on: day });

export function openPublications(scope: Scope): Store['publications'] {
  const table = openTable(scope, publications);
  const lessons = openTable(scope, publishedLessons);
  return {
    async byNumber(tag, number) {
      const row = await table.first({ _id: idOf(tag, number) });
      return row === null ? null : fromRow(row);
    },
    async ofEdition(tag) {
      return (await table.find({ edition: tag }, { sort: { number: -1 } })).map(fromRow);
    },
    async newestNumber(tag) {
      const row = await table.first({ edition: tag }, { sort: { number: -1 }, only: ['_id', 'number'] });
      return row?.number ?? 0;
    },
    async add({ on, ...publication }) {
      try {
        await table.insert([{ _id: idOf(publication.edition, publication.number), ...publication, day: on }]);
      } catch (error) {
        if (takenIndex(error) !== null) throw new DomainError('staleRevision', { theirs: publication.number });
        throw error;
      }
    },
    async byCode(code) {
      const filter = { 'lessons.code': code };
      return (await table.find(filter, { sort: { at: -1, number: -1 } })).map(fromRow);
    },
    async addLesson(hash, { segments, facts, evidence, ...lesson }) {
      const known = await lessons.first({ _id: hash }, { only: ['_id'] });
      if (known !== null) return;
      await lessons.ensure({
        _id: hash,
        ...lesson,
        segments: toEntries(segments),
        facts: toEntries(facts),
        evidence: toEntries(evidence),
      });
    },
    async lesson(hash) {
      const row = await lessons.first({ _id: hash });
      if (row === null) return null;
      const { _id, segments, facts, evidence, ...lesson } = row;
      return {
        ...lesson,
        segments: fromEntries(segments),
        facts: fromEntries(facts),
        evidence: fromEntries(evidence),
      };
    },
  };
}
