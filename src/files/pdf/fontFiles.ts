import { fileURLToPath } from 'node:url';

const faces = {
  'noto-sans': ['400Regular', '400Regular_Italic', '700Bold', '700Bold_Italic'],
  'noto-serif': ['400Regular', '400Regular_Italic', '600SemiBold', '700Bold'],
  vazirmatn: ['400Regular', '700Bold'],
} as const;
const prefixes = { 'noto-sans': 'NotoSans', 'noto-serif': 'NotoSerif', vazirmatn: 'Vazirmatn' } as const;

/** The font files that documents are set with; no other font is ever used. */
export function fontFiles(): readonly string[] {
  return (Object.keys(faces) as (keyof typeof faces)[]).flatMap((family) => {
    const folder = new URL('.', import.meta.resolve(`@expo-google-fonts/${family}/package.json`));
    return faces[family].map((face) => fileURLToPath(new URL(`${face}/${prefixes[family]}_${face}.ttf`, folder)));
  });
}
