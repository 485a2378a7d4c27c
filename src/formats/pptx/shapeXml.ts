import { value } from '../exchange/xmlWords.ts';

/** In points of a slide of 960 by 540, from the start of the reading direction. */
export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
export const slideSize = { width: 960, height: 540 } as const;

export const emu = (points: number): number => Math.round(points * 12700);

/** The place of a box; in a right-to-left deck the start is on the right. */
export function transformXml(box: Box, rtl: boolean, name: 'a:xfrm' | 'p:xfrm' = 'a:xfrm', turned = 0): string {
  const x = rtl ? slideSize.width - box.x - box.width : box.x;
  const rotation = turned === 0 ? '' : ` rot="${turned * 60000}"`;
  return (
    `<${name}${rotation}><a:off x="${emu(x)}" y="${emu(box.y)}"/>` +
    `<a:ext cx="${emu(box.width)}" cy="${emu(box.height)}"/></${name}>`
  );
}

export type Shape = {
  readonly name: string;
  /** `type="title"`, `type="body" idx="1"`; none for a text box. */
  readonly placeholder?: string;
  /** None: where the layout has it. */
  readonly box?: Box;
  readonly turned?: number;
  readonly frame?: 'heavy' | 'thin';
  readonly anchor?: 't' | 'ctr' | 'b';
  /** Inside of the box, in points. */
  readonly inset?: readonly [across: number, down: number];
  readonly paragraphs: readonly string[];
};

const lineWidths = { heavy: 2.5, thin: 1.5 } as const;

/** A shape with words. `id` is its number on the slide. */
export function shapeXml(id: number, shape: Shape, rtl: boolean): string {
  const { name, placeholder, box, turned, frame, anchor, inset = [0, 0], paragraphs } = shape;
  const kind = placeholder ? '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>' : '<p:cNvSpPr txBox="1"/>';
  const place = placeholder ? `<p:nvPr><p:ph ${placeholder}/></p:nvPr>` : '<p:nvPr/>';
  const where = box ? transformXml(box, rtl, 'a:xfrm', turned) : '';
  const form = box ? '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>' : '';
  const look = frame
    ? '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>' +
      `<a:ln w="${emu(lineWidths[frame])}"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill><a:miter lim="800000"/></a:ln>`
    : '';
  const [across, down] = inset;
  const body = box
    ? `<a:bodyPr wrap="square" lIns="${emu(across)}" tIns="${emu(down)}" rIns="${emu(across)}" bIns="${emu(down)}"` +
      `${rtl ? ' rtlCol="1"' : ''} anchor="${anchor ?? 't'}"><a:normAutofit/></a:bodyPr>`
    : '<a:bodyPr/>';
  return (
    `<p:sp><p:nvSpPr><p:cNvPr id="${id}" name="${value(name)}"/>${kind}${place}</p:nvSpPr>` +
    `<p:spPr>${where}${form}${look}</p:spPr><p:txBody>${body}<a:lstStyle/>${paragraphs.join('')}</p:txBody></p:sp>`
  );
}

/** A picture with its words for those who do not see it. */
export function pictureXml(id: number, name: string, alt: string, relation: string, box: Box, rtl: boolean): string {
  return (
    `<p:pic><p:nvPicPr><p:cNvPr id="${id}" name="${value(name)}" descr="${value(alt)}"/>` +
    '<p:cNvPicPr><a:picLocks noChangeAspect="1"/></p:cNvPicPr><p:nvPr/></p:nvPicPr>' +
    `<p:blipFill><a:blip r:embed="${relation}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill>` +
    `<p:spPr>${transformXml(box, rtl)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>`
  );
}

const namespaces =
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" ' +
  'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" ' +
  'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"';
export const xmlHead = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** The root of a part of a presentation. */
export function partXml(name: string, attributes: string, inner: string): string {
  return `${xmlHead}<p:${name} ${namespaces}${attributes === '' ? '' : ` ${attributes}`}>${inner}</p:${name}>`;
}

/** What is on a slide, a layout or a master, in reading order. */
export function treeXml(shapes: readonly string[], name = '', background = ''): string {
  return (
    `<p:cSld${name === '' ? '' : ` name="${value(name)}"`}>${background}<p:spTree>` +
    '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>' +
    '<p:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>' +
    `${shapes.join('')}</p:spTree></p:cSld>`
  );
}

/** Colours as the master has them. */
export const ownColours = '<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>';
