import type { DeckFoot } from '../slides/deck.ts';
import { footShapes } from './footShapes.ts';
import { hasBoldTitles } from './officeFonts.ts';
import type { Relate } from './pictureShapes.ts';
import { footTop, places, qrShare } from './places.ts';
import { type Box, emu, ownColours, partXml, shapeXml, slideSize, transformXml, treeXml } from './shapeXml.ts';
import type { Voice } from './textXml.ts';

export const layouts = ['Title', 'Words', 'Help'] as const;
export type LayoutName = (typeof layouts)[number];

/** Words that stand in a layout's empty places, which only whoever edits the slides ever sees. */
const empty = (voice: Voice, field = ''): readonly string[] => [
  `<a:p>${field}<a:endParaRPr lang="${voice.tag}" dirty="0"/></a:p>`,
];
/** The number of the slide, which the program keeps right when slides are moved. `look` is an `a:rPr`. */
export const numberField = (look: string, number: string): string =>
  `<a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum">${look}<a:t>${number}</a:t></a:fld>`;

type Place = { readonly name: string; readonly placeholder: string; readonly box: Box; readonly anchor?: 't' | 'b' };
const title: Place = { name: 'Title', placeholder: 'type="title"', box: places.title, anchor: 'b' };
/** The number of a slide stands before the code, where there is one. */
function placesOf(name: LayoutName, withQr: boolean): readonly Place[] {
  const box = { ...places.number, x: places.number.x - qrShare(withQr) };
  const number: Place = { name: 'Number', placeholder: 'type="sldNum" sz="quarter" idx="11"', box, anchor: 'b' };
  switch (name) {
    case 'Title':
      return [
        { name: 'Lesson', placeholder: 'type="body" sz="quarter" idx="13"', box: places.above },
        { ...title, box: places.opening, anchor: 't' },
        { name: 'Words', placeholder: 'type="body" idx="1"', box: places.below },
        number,
      ];
    case 'Words':
      return [title, { name: 'Words', placeholder: 'type="body" idx="1"', box: places.words }, number];
    case 'Help':
      return [title, number];
  }
}

function shapesOf(all: readonly Place[], voice: Voice): readonly string[] {
  return all.map(({ name, placeholder, box, anchor = 't' }, index) => {
    const isNumber = name === 'Number';
    const paragraphs = empty(voice, isNumber ? numberField(`<a:rPr lang="${voice.tag}" dirty="0"/>`, '‹#›') : '');
    return shapeXml(index + 2, { name, placeholder, box, anchor, paragraphs }, voice.rtl);
  });
}

/** A thin rule across, which says nothing and is passed over when the slide is read out. */
function ruleXml(id: number, y: number, width: number, weight: number, colour: string, rtl: boolean): string {
  const box = { x: 52, y, width, height: 0 };
  return (
    `<p:cxnSp><p:nvCxnSpPr><p:cNvPr id="${id}" name="Rule ${id}"><a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}">` +
    '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst></p:cNvPr>' +
    `<p:cNvCxnSpPr/><p:nvPr userDrawn="1"/></p:nvCxnSpPr><p:spPr>${transformXml(box, rtl)}` +
    '<a:prstGeom prst="line"><a:avLst/></a:prstGeom>' +
    `<a:ln w="${emu(weight)}"><a:solidFill><a:schemeClr val="${colour}"/></a:solidFill></a:ln></p:spPr></p:cxnSp>`
  );
}

export function layoutXml(name: LayoutName, { qr }: DeckFoot, voice: Voice): string {
  const [y, width] = name === 'Title' ? [308, 120] : [130, slideSize.width - 104];
  const rule = ruleXml(20, y, width, name === 'Title' ? 4 : 1.25, name === 'Title' ? 'accent1' : 'tx1', voice.rtl);
  const tree = treeXml([...shapesOf(placesOf(name, qr !== null), voice), rule], name);
  return partXml('sldLayout', 'preserve="1" userDrawn="1"', tree + ownColours);
}

/** How titles and words look where a slide says nothing else. */
function stylesXml(voice: Voice): string {
  const side = voice.rtl ? 'r' : 'l';
  const level = (number: number, size: number, face: 'mj' | 'mn', bold: boolean): string =>
    `<a:lvl${number}pPr marL="${(number - 1) * emu(28)}" indent="0" algn="${side}" defTabSz="914400" rtl="${voice.rtl ? 1 : 0}" eaLnBrk="1" latinLnBrk="0" hangingPunct="1">` +
    '<a:lnSpc><a:spcPct val="100000"/></a:lnSpc><a:buNone/>' +
    `<a:defRPr sz="${size * 100}"${bold ? ' b="1"' : ''} kern="1200"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill>` +
    `<a:latin typeface="+${face}-lt"/><a:ea typeface="+${face}-ea"/><a:cs typeface="+${face}-cs"/></a:defRPr></a:lvl${number}pPr>`;
  const levels = (size: number): string => [1, 2, 3, 4, 5].map((number) => level(number, size, 'mn', false)).join('');
  return (
    `<p:txStyles><p:titleStyle>${level(1, 38, 'mj', hasBoldTitles(voice.tag))}</p:titleStyle>` +
    `<p:bodyStyle>${levels(32)}</p:bodyStyle><p:otherStyle>${levels(18)}</p:otherStyle></p:txStyles>`
  );
}

const background = '<p:bg><p:bgPr><a:solidFill><a:schemeClr val="bg1"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>';
const colourMap =
  '<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" ' +
  'accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/>';

/** The master; its foot is shown on every slide, on those that a teacher adds as well. */
export function masterXml(foot: DeckFoot, voice: Voice, relate: Relate): string {
  const rule = ruleXml(20, footTop, slideSize.width - 104, 0.75, 'tx2', voice.rtl);
  const footed = footShapes(foot, voice, relate).map((draw, index) => draw(index + 21));
  const tree = treeXml([...shapesOf(placesOf('Words', foot.qr !== null), voice), rule, ...footed], '', background);
  const ids = layouts.map((_, index) => `<p:sldLayoutId id="${2147483649 + index}" r:id="rId${index + 1}"/>`);
  const inner = `${tree}${colourMap}<p:sldLayoutIdLst>${ids.join('')}</p:sldLayoutIdLst>${stylesXml(voice)}`;
  return partXml('sldMaster', '', inner);
}

/** Paper upright: the slide above, the words of the presenter below. In points of 540 by 720. */
export const notesPlaces = {
  slide: { x: 54, y: 54, width: 432, height: 243 },
  words: { x: 54, y: 324, width: 432, height: 342 },
} as const;

export function notesMasterXml(voice: Voice): string {
  const shapes = [
    slideImageXml(2, notesPlaces.slide),
    shapeXml(
      3,
      {
        name: 'Notes',
        placeholder: 'type="body" sz="quarter" idx="1"',
        box: notesPlaces.words,
        paragraphs: empty(voice),
      },
      false,
    ),
  ];
  const style =
    `<p:notesStyle><a:lvl1pPr marL="0" indent="0" algn="${voice.rtl ? 'r' : 'l'}" rtl="${voice.rtl ? 1 : 0}"><a:defRPr sz="1400" kern="1200">` +
    '<a:solidFill><a:schemeClr val="tx1"/></a:solidFill><a:latin typeface="+mn-lt"/><a:ea typeface="+mn-ea"/><a:cs typeface="+mn-cs"/>' +
    '</a:defRPr></a:lvl1pPr></p:notesStyle>';
  return partXml('notesMaster', '', treeXml(shapes, '', background) + colourMap + style);
}

/** The slide itself on the page of its notes. */
export function slideImageXml(id: number, box?: Box): string {
  return (
    `<p:sp><p:nvSpPr><p:cNvPr id="${id}" name="Slide"/><p:cNvSpPr><a:spLocks noGrp="1" noRot="1" noChangeAspect="1"/></p:cNvSpPr>` +
    `<p:nvPr><p:ph type="sldImg" idx="2"/></p:nvPr></p:nvSpPr><p:spPr>` +
    (box ? `${transformXml(box, false)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/>` : '') +
    '</p:spPr></p:sp>'
  );
}
