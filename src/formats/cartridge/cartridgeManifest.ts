import type { Bundle, BundleLesson, BundleWords } from '../bundle/bundle.ts';
import { filePath, lessonPath, pictureHashes, picturePath } from '../bundle/places.ts';
import { legal, value, words } from '../exchange/xmlWords.ts';

const text = (plain: string): string => words(legal(plain));

export const weblinkFile = 'links/edition.xml';

/**
 * The namespace of version 1.1 comes first: Moodle looks for it in the first 500 bytes and restores no cartridge of
 * another version (its `backup/converter/imscc11`).
 */
const namespaces = [
  'xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"',
  'xmlns:lomimscc="http://ltsc.ieee.org/xsd/imsccv1p1/LOM/manifest"',
  'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
  'xsi:schemaLocation="http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1 http://www.imsglobal.org/profile/cc/ccv1p1/ccv1p1_imscp_v1p2_v1p0.xsd http://ltsc.ieee.org/xsd/imsccv1p1/LOM/manifest http://www.imsglobal.org/profile/cc/ccv1p1/LOM/ccv1p1_lommanifest_v1p0.xsd"',
];

const string = (language: string, plain: string): string =>
  `<lomimscc:string language="${value(language)}">${text(plain)}</lomimscc:string>`;

function metadata({ edition }: Bundle, title: string): string {
  const { tag, language, publication, release } = edition;
  const origin = `${tag}, ${publication.number}, ${publication.on}, ${release}`;
  return [
    '  <metadata>',
    '    <schema>IMS Common Cartridge</schema>',
    '    <schemaversion>1.1.0</schemaversion>',
    '    <lomimscc:lom>',
    '      <lomimscc:general>',
    `        <lomimscc:title>${string(language, title)}</lomimscc:title>`,
    `        <lomimscc:language>${value(language)}</lomimscc:language>`,
    `        <lomimscc:description>${string('en', `Edition, publication, date, baseline: ${origin}`)}</lomimscc:description>`,
    '      </lomimscc:general>',
    '      <lomimscc:rights>',
    '        <lomimscc:copyrightAndOtherRestrictions><lomimscc:value>yes</lomimscc:value></lomimscc:copyrightAndOtherRestrictions>',
    `        <lomimscc:description>${string('en', 'CC BY-SA 4.0')}</lomimscc:description>`,
    '      </lomimscc:rights>',
    '    </lomimscc:lom>',
    '  </metadata>',
  ].join('\n');
}

const item = (id: string, title: string, indent: string): string =>
  `${indent}<item identifier="ITEM-${value(id)}" identifierref="RES-${value(id)}"><title>${text(title)}</title></item>`;

/** A lesson is a folder: its page, then its files, which a platform that shows pages alone could not reach. */
function folder(lesson: BundleLesson, { lessonPage }: BundleWords): string {
  const { lesson: id, title } = lesson.page;
  return [
    `        <item identifier="FOLDER-${value(id)}"><title>${text(`${id} ${title}`)}</title>`,
    item(id, lessonPage, '          '),
    ...lesson.files.map(({ label, name }, place) =>
      item(`${id}-${place + 1}`, `${label} (${extension(name)})`, '          '),
    ),
    '        </item>',
  ].join('\n');
}

const extension = (name: string): string => name.slice(name.lastIndexOf('.') + 1).toUpperCase();

function webcontent(id: string, path: string, dependencies: readonly string[] = []): string {
  const needs = dependencies.map((each) => `<dependency identifierref="${value(each)}"/>`).join('');
  return `    <resource identifier="${value(id)}" type="webcontent" href="${value(path)}"><file href="${value(path)}"/>${needs}</resource>`;
}

function resources(lesson: BundleLesson): readonly string[] {
  const id = lesson.page.lesson;
  const files = lesson.files.map((file, place) => [`RES-${id}-${place + 1}`, filePath(lesson, file)] as const);
  const pictures = pictureHashes(lesson).map((hash) => `PIC-${hash}`);
  return [
    webcontent(`RES-${id}`, lessonPath(lesson), [...files.map(([each]) => each), ...pictures]),
    ...files.map(([each, path]) => webcontent(each, path)),
  ];
}

/** `imsmanifest.xml` of a Common Cartridge 1.1. */
export function cartridgeManifest(bundle: Bundle, said: BundleWords): string {
  const { edition, lessons } = bundle;
  const pictures = [...new Set(lessons.flatMap(pictureHashes))];
  const online = edition.address === null ? [] : [item('ONLINE', said.online, '        ')];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<manifest ${namespaces[0]} identifier="headwater.${value(edition.tag)}.${edition.publication.number}" ${namespaces.slice(1).join(' ')}>`,
    metadata(bundle, said.title),
    '  <organizations>',
    '    <organization identifier="EDITION" structure="rooted-hierarchy">',
    '      <item identifier="ROOT">',
    ...online,
    ...lessons.map((lesson) => folder(lesson, said)),
    '      </item>',
    '    </organization>',
    '  </organizations>',
    '  <resources>',
    ...lessons.flatMap(resources),
    ...pictures.map((hash) => webcontent(`PIC-${hash}`, picturePath(hash))),
    ...(edition.address === null
      ? []
      : [`    <resource identifier="RES-ONLINE" type="imswl_xmlv1p1"><file href="${weblinkFile}"/></resource>`]),
    '  </resources>',
    '</manifest>',
    '',
  ].join('\n');
}

/** The link to where the edition stands online, and tells whether this copy is current. */
export const weblink = (address: string, title: string): string =>
  [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<webLink xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imswl_v1p1">',
    `  <title>${text(title)}</title>`,
    `  <url href="${value(address)}" target="_blank"/>`,
    '</webLink>',
    '',
  ].join('\n');
