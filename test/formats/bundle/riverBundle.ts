import assert from 'node:assert/strict';
import { join } from 'node:path';
import { readSeed } from '../../../src/commands/seed/readSeed.ts';
import type { PublishedLesson } from '../../../src/domain/edition/publication.ts';
import { resolveFacts } from '../../../src/domain/facts/resolveFacts.ts';
import { directionOf } from '../../../src/domain/language.ts';
import { readContentFolder } from '../../../src/files/contentFolder.ts';
import type { Bundle, BundleLesson, BundlePages } from '../../../src/formats/bundle/bundle.ts';
import { readJurisdiction } from '../../../src/formats/content/readJurisdiction.ts';
import { buildLessonPage } from '../../../src/formats/page/buildLessonPage.ts';
import type { LessonPage } from '../../../src/formats/page/lessonPage.ts';
import { createBundlePages } from '../../../src/site/bundlePages.ts';
import { helpOfEdition } from '../../../src/site/editionFacts.ts';
import { createRenderer } from '../../../src/site/render.ts';
import { words } from '../../site/words.ts';

const contentFiles = await readContentFolder(join(import.meta.dirname, '../../river/content'));
const seed = readSeed(contentFiles);

export type River = 'en-GB' | 'tr-TR' | 'ar-EG';

function pagesOf(tag: River, base: string | null): readonly LessonPage[] {
  const files = seed.editions.find(({ edition }) => edition.edition === tag);
  const standsOn = seed.releases.find(({ release }) => release.number === files?.edition.release)?.lessonPackage;
  assert.ok(files && standsOn, tag);
  const { language, country, lessons } = files.edition;
  const texts = new Map(files.units.map((unit) => [unit.segment, unit.target]));
  const { facts } = readJurisdiction(contentFiles.get(`jurisdictions/${country}.yaml`) ?? '');
  return standsOn.lessons
    .filter(({ id }) => lessons[id]?.state === 'offered')
    .map((lesson) => {
      const published: PublishedLesson = {
        ...{ edition: tag, language, country, demonstration: true, release: files.edition.release, lesson },
        segments: Object.fromEntries(
          Object.values(standsOn.segments).map(({ id, kind, policy, text }) => [
            id,
            { kind, policy, text: texts.get(id) ?? text, basedOn: '' },
          ]),
        ),
        facts: resolveFacts(standsOn.facts, facts, language, '2026-11-24'),
        evidence: {},
      };
      const code = `${lesson.id}AAA-AAAAA`;
      return buildLessonPage(published, {
        ...{ edition: tag, country, language, direction: directionOf(language), demonstration: true, draft: false },
        ...{ release: files.edition.release, lessonEdition: { number: 3, on: '2026-09-01' }, code },
        ...{ verifyUrl: base && `${base}/verify/${code}`, verifyLabel: base, licence: 'CC BY-SA 4.0' },
      });
    });
}

/** A published edition of the small river with a file for each lesson, ready to be packed. */
export function riverBundle(tag: River, base: string | null = 'https://headwater.example'): Bundle {
  const pages = pagesOf(tag, base);
  const [language = '', country = ''] = tag.split('-');
  const lessons: readonly BundleLesson[] = pages.map((page) => ({
    page,
    files: [
      {
        name: `${page.lesson.toLowerCase()}-pack_${tag}_3_a4.pdf`,
        label: words(language as 'en', 'public:files.pack'),
        bytes: Buffer.from(`%PDF-1.7 pack of ${page.lesson} ${'x'.repeat(3000)}`),
      },
      {
        name: `${page.lesson.toLowerCase()}-sheet_${tag}_3.docx`,
        label: page.sheetsToPrint[0]?.title ?? '',
        bytes: Buffer.from(`PK sheet of ${page.lesson}`),
      },
    ],
    pictures: new Map(),
    safety: null,
  }));
  return {
    edition: {
      ...{ tag, language, country, demonstration: true, exitUrl: 'https://weather.example/', release: '1.7.0' },
      publication: { number: 3, on: '2026-09-01', root: 'a'.repeat(64) },
      help: helpOfEdition(pages.map((page) => ({ page }))),
      address: base && `${base}/${tag}`,
    },
    lessons,
  };
}

export const bundlePages: BundlePages = createBundlePages(createRenderer(words), words);
