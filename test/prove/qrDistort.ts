import sharp, { type Sharp } from 'sharp';
import type { Grey } from './qrPages.ts';
import type { Point } from './qrReader.ts';

/** What happens to a sheet between the printer and the reader. The ranges are those of docs/prove.md. */
export type Distortion = {
  readonly by: 'copier' | 'phone';
  /** Clockwise. */
  readonly degrees: number;
  /** Of a Gaussian, in dots. */
  readonly blur: number;
  /** Millimetres of paper left on each side of the code; null keeps the whole page. */
  readonly margins: readonly [top: number, right: number, bottom: number, left: number] | null;
  /** What black and white have become. */
  readonly contrast: readonly [black: number, white: number] | null;
  /** How much of the light is left on the darkest side. */
  readonly shade: number | null;
  /** Standard deviation of the grain, in greys. */
  readonly noise: number | null;
  /** JPEG quality; null: nothing is lost. */
  readonly quality: number | null;
  /** The grey of what the sheet lies on. */
  readonly ground: number;
};

/** One of everything that a school's copier or a teacher's phone does to a sheet. */
export function drawDistortion(random: () => number): Distortion {
  const within = (least: number, most: number): number => least + random() * (most - least);
  const margin = (): number => within(1, 40);
  const by = random() < 0.5 ? 'copier' : 'phone';
  const copier = by === 'copier';
  const small = random() < (copier ? 0.5 : 0.25);
  return {
    by,
    degrees: small ? within(-5, 5) : within(0, 360),
    blur: copier ? within(0.4, 1.3) : within(0.4, 1.6),
    margins: random() < 0.3 ? null : [margin(), margin(), margin(), margin()],
    contrast: random() < 0.5 ? [within(20, 100), within(170, 245)] : null,
    shade: !copier && random() < 0.5 ? within(0.45, 0.9) : null,
    noise: random() < 0.6 ? within(3, 22) : null,
    quality: random() < (copier ? 0.4 : 0.9) ? Math.round(within(30, 85)) : null,
    ground: Math.round(copier ? within(225, 255) : within(60, 220)),
  };
}

const plain = ({ width, height, data }: Grey) => sharp(data, { raw: { width, height, channels: 1 } });

async function greysOf(picture: Sharp): Promise<Grey> {
  const { data, info } = await picture.toColourspace('b-w').raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}

type Box = { readonly left: number; readonly top: number; readonly width: number; readonly height: number };

function boxWithin({ width, height }: Grey, left: number, top: number, right: number, bottom: number): Box {
  const from = (value: number, most: number): number => Math.min(Math.max(0, Math.floor(value)), most - 1);
  const [x, y] = [from(left, width), from(top, height)];
  return { left: x, top: y, width: from(right, width) - x + 1, height: from(bottom, height) - y + 1 };
}

/** Turned about its middle, and cut to what is asked for around the code. */
async function turned(page: Grey, corners: readonly Point[], how: Distortion, dpi: number): Promise<Grey> {
  const rotate = (grey: Grey) =>
    greysOf(plain(grey).rotate(how.degrees, { background: { r: how.ground, g: how.ground, b: how.ground } }));
  if (how.margins === null) return rotate(page);
  const dots = how.margins.map((each) => (each / 25.4) * dpi);
  const [top = 0, right = 0, bottom = 0, left = 0] = dots;
  const middle = {
    x: corners.reduce((sum, { x }) => sum + x, 0) / corners.length,
    y: corners.reduce((sum, { y }) => sum + y, 0) / corners.length,
  };
  const reach = Math.max(...corners.map(({ x, y }) => Math.hypot(x - middle.x, y - middle.y)));
  // Enough of the page for every corner of what is cut out afterwards.
  const far = (reach + Math.max(...dots)) * Math.SQRT2 + 2;
  const near = boxWithin(page, middle.x - far, middle.y - far, middle.x + far, middle.y + far);
  const around = await rotate(await greysOf(plain(page).extract(near)));
  const angle = (how.degrees / 180) * Math.PI;
  const turn = (x: number, y: number): Point => ({
    x: x * Math.cos(angle) - y * Math.sin(angle) + around.width / 2,
    y: x * Math.sin(angle) + y * Math.cos(angle) + around.height / 2,
  });
  const now = corners.map(({ x, y }) => turn(x - near.left - near.width / 2, y - near.top - near.height / 2));
  const xs = now.map(({ x }) => x);
  const ys = now.map(({ y }) => y);
  const box = boxWithin(
    around,
    Math.min(...xs) - left,
    Math.min(...ys) - top,
    Math.max(...xs) + right,
    Math.max(...ys) + bottom,
  );
  return greysOf(plain(around).extract(box));
}

/** Grain with the bell's shape, out of two even draws. */
const grain = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** Light, contrast and grain, dot by dot. */
function lit({ width, height, data }: Grey, how: Distortion, random: () => number): Grey {
  const [black, white] = how.contrast ?? [0, 255];
  const from = random() * 2 * Math.PI;
  const out = Buffer.alloc(data.length);
  for (let at = 0; at < data.length; at++) {
    const across =
      ((at % width) / width - 0.5) * Math.cos(from) + (Math.floor(at / width) / height - 0.5) * Math.sin(from);
    const light = how.shade === null ? 1 : 1 - (1 - how.shade) * Math.min(1, Math.max(0, 0.5 + across));
    const value = (black + ((data[at] ?? 0) / 255) * (white - black)) * light;
    out[at] = Math.min(255, Math.max(0, Math.round(value + (how.noise === null ? 0 : grain(random) * how.noise))));
  }
  return { width, height, data: out };
}

/** The picture that a reader is given: a file, as a phone or a scanner would write it. `corners`: of the code on the page. */
export async function distort(
  page: Grey,
  corners: readonly Point[],
  how: Distortion,
  dpi: number,
  random: () => number,
): Promise<Buffer> {
  const cut = await turned(page, corners, how, dpi);
  const soft = await greysOf(plain(cut).blur(how.blur));
  const seen = plain(lit(soft, how, random));
  return how.quality === null
    ? seen.png({ compressionLevel: 1 }).toBuffer()
    : seen.jpeg({ quality: how.quality }).toBuffer();
}
