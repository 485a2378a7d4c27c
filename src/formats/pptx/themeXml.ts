import { fontSchemeXml } from './officeFonts.ts';
import { xmlHead } from './shapeXml.ts';

/** The project's colours, in the places that Office has for them. */
const colours = {
  ...{ dk1: '14304A', lt1: 'FBF8F2', dk2: '4A5C6C', lt2: 'F4EEE2', accent1: '0E6E6B', accent2: '0A5350' },
  ...{
    accent3: 'B83A1B',
    accent4: '81530B',
    accent5: '8F836B',
    accent6: 'DDECE8',
    hlink: '0A5350',
    folHlink: '4A5C6C',
  },
} as const;

const schemeFill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>';
const stroke = (width: number): string =>
  `<a:ln w="${width}" cap="flat" cmpd="sng" algn="ctr">${schemeFill}<a:prstDash val="solid"/></a:ln>`;
const plainEffect = '<a:effectStyle><a:effectLst/></a:effectStyle>';

/** A theme without shadows and gradients. Each of the three lists must have three of its kind. */
export function themeXml(tag: string): string {
  const palette = Object.entries(colours).map(([name, rgb]) => `<a:${name}><a:srgbClr val="${rgb}"/></a:${name}>`);
  return (
    `${xmlHead}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Headwater"><a:themeElements>` +
    `<a:clrScheme name="Headwater">${palette.join('')}</a:clrScheme>${fontSchemeXml(tag)}` +
    `<a:fmtScheme name="Headwater"><a:fillStyleLst>${schemeFill.repeat(3)}</a:fillStyleLst>` +
    `<a:lnStyleLst>${stroke(9525)}${stroke(19050)}${stroke(31750)}</a:lnStyleLst>` +
    `<a:effectStyleLst>${plainEffect.repeat(3)}</a:effectStyleLst>` +
    `<a:bgFillStyleLst>${schemeFill.repeat(3)}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>`
  );
}
