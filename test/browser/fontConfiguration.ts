// The fonts the browser sees: the product's own, and none of the machine's, so that a screen looks the same
// everywhere and a missing glyph shows as a box instead of being lent by the system.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const FONTS = [
  {
    folder: 'noto-sans',
    family: 'Noto Sans',
    styles: ['400Regular', '400Regular_Italic', '700Bold', '700Bold_Italic'],
  },
  {
    folder: 'noto-serif',
    family: 'Noto Serif',
    styles: ['400Regular', '400Regular_Italic', '700Bold', '700Bold_Italic'],
  },
  { folder: 'vazirmatn', family: 'Vazirmatn', styles: ['400Regular', '700Bold'] },
] as const;

export function fontFolders(): string[] {
  const { resolve } = createRequire(import.meta.url);
  return FONTS.flatMap(({ folder, styles }) => {
    const root = dirname(resolve(`@expo-google-fonts/${folder}/package.json`));
    return styles.map((style) => join(root, style));
  });
}

/** A fontconfig file. Vazirmatn stands last in every list: it is the one that has Arabic letters. */
export function fontConfiguration(cacheFolder: string): string {
  const prefer = (generic: string, ...families: string[]) =>
    `<alias binding="same"><family>${generic}</family><prefer>${families
      .map((family) => `<family>${family}</family>`)
      .join('')}</prefer></alias>`;
  return [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
    '<fontconfig>',
    ...fontFolders().map((folder) => `<dir>${folder}</dir>`),
    `<cachedir>${cacheFolder}</cachedir>`,
    prefer('serif', 'Noto Serif', 'Vazirmatn'),
    prefer('sans-serif', 'Noto Sans', 'Vazirmatn'),
    prefer('system-ui', 'Noto Sans', 'Vazirmatn'),
    prefer('monospace', 'Noto Sans', 'Vazirmatn'),
    // A page that names only fonts we lack still gets letters.
    '<match target="pattern"><edit name="family" mode="append_last"><string>Noto Sans</string><string>Vazirmatn</string></edit></match>',
    '</fontconfig>',
    '',
  ].join('\n');
}
