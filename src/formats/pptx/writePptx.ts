import { legal, words } from '../exchange/xmlWords.ts';
import type { Deck, DeckSlide } from '../slides/deck.ts';
import { layouts, layoutXml, masterXml, notesMasterXml, slideImageXml } from './masterXml.ts';
import { type Part, type Relation, writePackage } from './officePackage.ts';
import type { DeckPictures, Relate } from './pictureShapes.ts';
import { qrPng } from './qrPng.ts';
import { emu, ownColours, partXml, shapeXml, slideSize, treeXml, xmlHead } from './shapeXml.ts';
import { layoutOf, slideXml, voiceOf } from './slideXml.ts';
import { blockXml, paragraphXml, type Voice } from './textXml.ts';
import { themeXml } from './themeXml.ts';

const layoutPath = (index: number): string => `ppt/slideLayouts/slideLayout${index + 1}.xml`;
const masterPath = 'ppt/slideMasters/slideMaster1.xml';
const notesMasterPath = 'ppt/notesMasters/notesMaster1.xml';
const themePath = 'ppt/theme/theme1.xml';
/** Notes have a theme of their own, as Office wants it. */
const notesThemePath = 'ppt/theme/theme2.xml';
const slidePath = (number: number): string => `ppt/slides/slide${number}.xml`;
const notesPath = (number: number): string => `ppt/notesSlides/notesSlide${number}.xml`;

/** The day that entries of a draft have; a published deck has the day of its lesson edition. */
const noDay = [1980, 1, 1] as const;

/**
 * A deck as PowerPoint, Impress and Keynote open it. `pictures` holds every picture that the deck names; throws where one
 * is missing. Nothing in the file points outside of it. The same deck makes the same bytes, on every machine.
 */
export function writePptx(deck: Deck, pictures: DeckPictures = {}): Uint8Array {
  const voice = voiceOf(deck);
  const media = new Map<string, Part>();
  const slides = deck.slides.flatMap((slide) => slideParts(slide, deck, pictures, media));
  const masterRelations: Relation[] = [
    ...layouts.map((_, index): Relation => ({ kind: 'layout', to: layoutPath(index) })),
    { kind: 'theme', to: themePath },
  ];
  const master = masterXml(deck.foot, voice, relating(masterRelations, pictures, media));
  const parts: Part[] = [
    {
      path: 'ppt/presentation.xml',
      type: 'presentation',
      xml: presentationXml(deck, voice),
      relations: [
        { kind: 'master', to: masterPath },
        { kind: 'notesMaster', to: notesMasterPath },
        { kind: 'theme', to: themePath },
        ...deck.slides.map(({ number }): Relation => ({ kind: 'slide', to: slidePath(number) })),
      ],
    },
    {
      path: masterPath,
      type: 'master',
      xml: master,
      relations: masterRelations,
    },
    ...layouts.map(
      (name, index): Part => ({
        path: layoutPath(index),
        type: 'layout',
        xml: layoutXml(name, deck.foot, voice),
        relations: [{ kind: 'master', to: masterPath }],
      }),
    ),
    { path: themePath, type: 'theme', xml: themeXml(deck.tag) },
    {
      path: notesMasterPath,
      type: 'notesMaster',
      xml: notesMasterXml(voice),
      relations: [{ kind: 'theme', to: notesThemePath }],
    },
    { path: notesThemePath, type: 'theme', xml: themeXml(deck.tag) },
    ...slides,
    ...media.values(),
    { path: 'docProps/core.xml', type: 'core', xml: coreXml(deck) },
    { path: 'docProps/app.xml', type: 'properties', xml: propertiesXml(deck) },
  ];
  const root: readonly Relation[] = [
    { kind: 'document', to: 'ppt/presentation.xml' },
    { kind: 'core', to: 'docProps/core.xml' },
    { kind: 'properties', to: 'docProps/app.xml' },
  ];
  return writePackage(parts, root, deck.document.date ?? noDay);
}

/** A slide and its notes; its pictures go to `media`, each once. */
function slideParts(slide: DeckSlide, deck: Deck, pictures: DeckPictures, media: Map<string, Part>): readonly Part[] {
  const relations: Relation[] = [
    { kind: 'layout', to: layoutPath(layouts.indexOf(layoutOf[slide.kind])) },
    { kind: 'notes', to: notesPath(slide.number) },
  ];
  const xml = slideXml(slide, deck, pictures, relating(relations, pictures, media));
  return [
    { path: slidePath(slide.number), type: 'slide', xml, relations },
    {
      path: notesPath(slide.number),
      type: 'notes',
      xml: notesXml(slide, voiceOf(deck)),
      relations: [
        { kind: 'notesMaster', to: notesMasterPath },
        { kind: 'slide', to: slidePath(slide.number) },
      ],
    },
  ];
}

/** Adds a picture to the relations of a part, and to `media` where it is not there yet. */
const relating =
  (relations: Relation[], pictures: DeckPictures, media: Map<string, Part>): Relate =>
  (file) => {
    const key = JSON.stringify(file);
    const found = media.get(key) ?? mediaPart(file, pictures, media.size + 1);
    media.set(key, found);
    return `rId${relations.push({ kind: 'image', to: found.path })}`;
  };

function mediaPart(file: Parameters<Relate>[0], pictures: DeckPictures, number: number): Part {
  const path = `ppt/media/picture${number}`;
  if ('qr' in file) return { path: `${path}.png`, type: 'png', bytes: qrPng(file.qr) };
  const picture = pictures[file.picture];
  if (picture === undefined) throw new Error(`There is no picture for ${file.picture}`);
  return { path: `${path}.${picture.type}`, type: picture.type, bytes: picture.bytes };
}

function notesXml({ notes }: DeckSlide, voice: Voice): string {
  const set = notes.flatMap((block, index) => blockXml(block, undefined, voice, index === 0));
  const paragraphs = set.length > 0 ? set : [paragraphXml([], {}, voice)];
  const body = shapeXml(3, { name: 'Notes', placeholder: 'type="body" sz="quarter" idx="1"', paragraphs }, voice.rtl);
  return partXml('notes', '', treeXml([slideImageXml(2), body]) + ownColours);
}

function presentationXml({ slides }: Deck, voice: Voice): string {
  const ids = slides.map(({ number }) => `<p:sldId id="${255 + number}" r:id="rId${3 + number}"/>`);
  const size = `<p:sldSz cx="${emu(slideSize.width)}" cy="${emu(slideSize.height)}"/><p:notesSz cx="${emu(540)}" cy="${emu(720)}"/>`;
  return partXml(
    'presentation',
    `saveSubsetFonts="1"${voice.rtl ? ' rtl="1"' : ''}`,
    '<p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="rId1"/></p:sldMasterIdLst>' +
      '<p:notesMasterIdLst><p:notesMasterId r:id="rId2"/></p:notesMasterIdLst>' +
      `<p:sldIdLst>${ids.join('')}</p:sldIdLst>${size}` +
      `<p:defaultTextStyle><a:defPPr><a:defRPr lang="${voice.tag}"/></a:defPPr></p:defaultTextStyle>`,
  );
}

const element = (name: string, text: string): string => (text === '' ? '' : `<${name}>${words(legal(text))}</${name}>`);

function coreXml({ document, tag }: Deck): string {
  const [year, month, day] = document.date ?? [];
  const padded = (number: number | undefined): string => String(number).padStart(2, '0');
  const on = year === undefined ? '' : `${year}-${padded(month)}-${padded(day)}T00:00:00Z`;
  const dated = (name: string): string =>
    on === '' ? '' : `<dcterms:${name} xsi:type="dcterms:W3CDTF">${on}</dcterms:${name}>`;
  return (
    `${xmlHead}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" ` +
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" ' +
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
    `${element('dc:title', document.title)}${element('dc:description', document.description)}<dc:creator>Headwater</dc:creator>` +
    `<dc:language>${tag}</dc:language>${dated('created')}${dated('modified')}</cp:coreProperties>`
  );
}

function propertiesXml({ slides }: Deck): string {
  return (
    `${xmlHead}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">` +
    `<Application>Headwater</Application><Slides>${slides.length}</Slides><Notes>${slides.length}</Notes></Properties>`
  );
}
