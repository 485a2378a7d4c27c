import assert from 'node:assert/strict';
import type { PublishedLesson } from '../../src/domain/edition/publication.ts';
import { resolveFacts } from '../../src/domain/facts/resolveFacts.ts';
import { directionOf } from '../../src/domain/language.ts';
import { readJurisdiction } from '../../src/formats/content/readJurisdiction.ts';
import { buildLessonPage } from '../../src/formats/page/buildLessonPage.ts';
import type { Imprint, LessonPage } from '../../src/formats/page/lessonPage.ts';
import { contentFiles, tree } from './tree.ts';

/** A lesson of an edition as it is set, straight from the files. */
export function realPage(tag: string, lessonId: string, over: Partial<Imprint> = {}): LessonPage {
  const files = tree.editions.find(({ edition }) => edition.edition === tag);
  const standsOn = tree.history?.find(({ release }) => release.number === files?.edition.release)?.lessonPackage;
  const lesson = standsOn?.lessons.find(({ id }) => id === lessonId);
  assert.ok(files && standsOn && lesson, `${tag} ${lessonId}`);
  const { language, country } = files.edition;
  const texts = new Map(files.units.map((unit) => [unit.segment, unit.target]));
  const { facts } = readJurisdiction(contentFiles.get(`jurisdictions/${country}.yaml`) ?? '');
  const published: PublishedLesson = {
    ...{ edition: tag, language, country, demonstration: true, release: files.edition.release, lesson },
    segments: Object.fromEntries(
      Object.values(standsOn.segments).map(({ id, kind, policy, text, drawing }) => [
        id,
        { kind, policy, text: texts.get(id) ?? text, basedOn: '', ...(drawing === undefined ? {} : { drawing }) },
      ]),
    ),
    facts: resolveFacts(standsOn.facts, facts, language, '2026-11-24'),
    evidence: {},
  };
  const imprint: Imprint = {
    ...{ edition: tag, country, language, direction: directionOf(language), demonstration: true, draft: false },
    ...{ release: files.edition.release, lessonEdition: { number: 1, on: '2025-09-01' }, code: 'AAAAA-AAAAA' },
    ...{ verifyUrl: null, verifyLabel: null, licence: 'CC BY-SA 4.0' },
    ...over,
  };
  return buildLessonPage(published, imprint);
}

/** Every edition and lesson that teachers are offered. */
export const offered = tree.editions.flatMap(({ edition }) =>
  Object.keys(edition.lessons)
    .filter((id) => edition.lessons[id]?.state === 'offered')
    .map((id) => [edition.edition, id] as const),
);
