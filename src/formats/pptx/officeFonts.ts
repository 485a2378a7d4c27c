import { value } from '../exchange/xmlWords.ts';

/** Fonts that Office brings for each script, for titles and for text. What is not here is set in the Latin ones. */
const scripts: Readonly<Record<string, readonly [title: string, text: string]>> = {
  Arab: ['Arial', 'Arial'],
  Hebr: ['Arial', 'Arial'],
  Thai: ['Leelawadee UI', 'Leelawadee UI'],
  Laoo: ['Leelawadee UI', 'Leelawadee UI'],
  Khmr: ['Leelawadee UI', 'Leelawadee UI'],
  Mymr: ['Myanmar Text', 'Myanmar Text'],
  Ethi: ['Ebrima', 'Ebrima'],
  Deva: ['Nirmala UI', 'Nirmala UI'],
  Beng: ['Nirmala UI', 'Nirmala UI'],
  Gujr: ['Nirmala UI', 'Nirmala UI'],
  Guru: ['Nirmala UI', 'Nirmala UI'],
  Knda: ['Nirmala UI', 'Nirmala UI'],
  Mlym: ['Nirmala UI', 'Nirmala UI'],
  Orya: ['Nirmala UI', 'Nirmala UI'],
  Sinh: ['Nirmala UI', 'Nirmala UI'],
  Taml: ['Nirmala UI', 'Nirmala UI'],
  Telu: ['Nirmala UI', 'Nirmala UI'],
  Tibt: ['Microsoft Himalaya', 'Microsoft Himalaya'],
  Geor: ['Sylfaen', 'Sylfaen'],
  Armn: ['Sylfaen', 'Sylfaen'],
  Jpan: ['Yu Mincho', 'Yu Gothic'],
  Hang: ['Malgun Gothic', 'Malgun Gothic'],
  Hans: ['DengXian', 'DengXian'],
  Hant: ['Microsoft JhengHei', 'Microsoft JhengHei'],
};
/** With figures that stand on the line; Arial is on every machine and has the widths that the slides were measured by. */
const latin = ['Palatino Linotype', 'Arial'] as const;
const eastAsian: readonly string[] = ['Jpan', 'Hang', 'Hans', 'Hant'];
const likelyScripts: Readonly<Record<string, string>> = { Kore: 'Hang' };

/** `Arab` for `ar-EG`, from CLDR. */
export function scriptOf(tag: string): string {
  const script = new Intl.Locale(tag).maximize().script ?? 'Latn';
  return likelyScripts[script] ?? script;
}

/** The theme's fonts. The deck's own script is named twice: readers differ in which of the two they look at. */
export function fontSchemeXml(tag: string): string {
  const own = scriptOf(tag);
  const set = (kind: 0 | 1): string => {
    const ownFont = scripts[own]?.[kind] ?? '';
    const [ea, cs] = eastAsian.includes(own) ? [ownFont, ''] : ['', ownFont];
    const others = Object.entries(scripts).map(
      ([script, fonts]) => `<a:font script="${script}" typeface="${value(fonts[kind])}"/>`,
    );
    return (
      `<a:latin typeface="${latin[kind]}"/><a:ea typeface="${value(ea)}"/>` +
      `<a:cs typeface="${value(cs)}"/>${others.join('')}`
    );
  };
  return (
    `<a:fontScheme name="Headwater"><a:majorFont>${set(0)}</a:majorFont>` +
    `<a:minorFont>${set(1)}</a:minorFont></a:fontScheme>`
  );
}

/** Scripts whose titles are bold: no serif sets them apart. */
export const hasBoldTitles = (tag: string): boolean => scriptOf(tag) === 'Arab';
