import type { LessonPage } from '../../formats/page/lessonPage.ts';
import { plainText } from '../../formats/page/plainText.ts';
import { addresses } from '../addresses.ts';
import type { Downloads } from './downloads.ts';

/** `</script>` and the like can never end the element that the data stand in. */
const harmless = (json: string): string =>
  json.replace(/[<>&\u2028\u2029]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);

/**
 * The lesson as schema.org `LearningResource`, in JSON-LD: for catalogues and search engines. Addresses are relative to
 * the page, so that a mirror describes itself.
 */
export function learningResource(page: LessonPage, { pack, packElse, rows }: Downloads): string {
  const links = [...(pack === null ? [] : [pack]), ...packElse, ...rows.flatMap((row) => row.links)];
  const { imprint, ages } = page;
  const edition = imprint.lessonEdition;
  const plain = (blocks: LessonPage['lead']): readonly string[] =>
    blocks.map(({ paragraphs }) => plainText(paragraphs));
  return harmless(
    JSON.stringify({
      '@context': 'https://schema.org',
      '@type': 'LearningResource',
      name: page.title,
      description: plain(page.lead)[0] ?? page.title,
      url: addresses.lesson(imprint.edition, page.lesson),
      identifier: page.lesson,
      inLanguage: imprint.language,
      learningResourceType: 'Lesson plan',
      educationalUse: page.group === 'class' ? 'Classroom teaching' : 'Adult education',
      audience: { '@type': 'EducationalAudience', educationalRole: 'teacher' },
      typicalAgeRange: ages ? `${ages[0]}-${ages[1]}` : '18-',
      timeRequired: `PT${page.minutes}M`,
      teaches: plain(page.objectives),
      isAccessibleForFree: true,
      license: 'https://creativecommons.org/licenses/by-sa/4.0/',
      ...(edition ? { version: String(edition.number), dateModified: edition.on } : {}),
      isPartOf: { '@type': 'Collection', url: addresses.edition(imprint.edition) },
      encoding: links.flatMap(({ href, bytes, mediaType }) =>
        bytes === null
          ? []
          : [{ '@type': 'MediaObject', contentUrl: href, encodingFormat: mediaType, contentSize: String(bytes) }],
      ),
    }),
  );
}
