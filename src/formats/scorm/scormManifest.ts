import type { Bundle, BundleLesson } from '../bundle/bundle.ts';
import { filePath, lessonPath, pictureHashes, picturePath } from '../bundle/places.ts';
import { legal, value, words } from '../exchange/xmlWords.ts';

const text = (plain: string): string => words(legal(plain));
const href = (path: string): string => `<file href="${value(path)}"/>`;

/** The script that every page loads: an asset that each lesson depends on. */
export const scormScript = 'scorm.js';

const namespaces = [
  'xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"',
  'xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"',
  'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
  'xsi:schemaLocation="http://www.imsproject.org/xsd/imscp_rootv1p1p2 imscp_rootv1p1p2.xsd http://www.adlnet.org/xsd/adlcp_rootv1p2 adlcp_rootv1p2.xsd"',
];

function resourceOf(lesson: BundleLesson): string {
  const page = lessonPath(lesson);
  const files = lesson.files.map((file) => filePath(lesson, file));
  const beside = [page, ...files, ...pictureHashes(lesson).map(picturePath)];
  return [
    `    <resource identifier="RES-${value(lesson.page.lesson)}" type="webcontent" adlcp:scormtype="sco" href="${value(page)}">`,
    ...beside.map((path) => `      ${href(path)}`),
    '      <dependency identifierref="SCRIPT"/>',
    '    </resource>',
  ].join('\n');
}

/** `imsmanifest.xml` of SCORM 1.2: one organization, one item a lesson, each a SCO of its own. */
export function scormManifest({ edition, lessons }: Bundle, title: string): string {
  const items = lessons.map(({ page }) =>
    [
      `      <item identifier="ITEM-${value(page.lesson)}" identifierref="RES-${value(page.lesson)}" isvisible="true">`,
      `        <title>${text(`${page.lesson} ${page.title}`)}</title>`,
      '      </item>',
    ].join('\n'),
  );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<manifest identifier="headwater.${value(edition.tag)}.${edition.publication.number}" version="1.2" ${namespaces.join(' ')}>`,
    '  <metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>',
    '  <organizations default="EDITION">',
    '    <organization identifier="EDITION">',
    `      <title>${text(title)}</title>`,
    ...items,
    '    </organization>',
    '  </organizations>',
    '  <resources>',
    ...lessons.map(resourceOf),
    `    <resource identifier="SCRIPT" type="webcontent" adlcp:scormtype="asset" href="${scormScript}">${href(scormScript)}</resource>`,
    '  </resources>',
    '</manifest>',
    '',
  ].join('\n');
}
