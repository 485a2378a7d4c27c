import type { IndexEdition, ReleaseNote, SiteIndex } from './pointer.ts';

/** One release of the stream: words at both sides, and the slice of the drawing between them. */
export type StreamRow = {
  /** The first of several releases on which nobody stands any more. */
  readonly from: (ReleaseNote & { readonly summary: string }) | null;
  readonly release: ReleaseNote & { readonly summary: string };
  readonly safety: boolean;
  readonly late: readonly IndexEdition[];
  readonly here: readonly IndexEdition[];
  readonly last: boolean;
  readonly bend: { readonly height: number; readonly paths: readonly { readonly d: string; readonly late: boolean }[] };
  /** Lines that go on below the bend. */
  readonly stretch: readonly string[];
};

export type Stream = {
  readonly width: number;
  readonly middle: number;
  readonly spring: readonly string[];
  readonly rows: readonly StreamRow[];
};

const firstRadius = 14;
const start = 10;
const run = 110;
const springHeight = 56;

export { springHeight };

type Line = { readonly edition: IndexEdition; readonly x: number; readonly late: boolean };

/** The one that leaves first runs outermost, so that no two lines cross; late ones leave before their neighbours. */
function linesOf(index: SiteIndex, gap: number): readonly Line[] {
  const place = new Map(index.releases.map(({ number }, at) => [number, at]));
  const at = (edition: IndexEdition): number => place.get(edition.release) ?? 0;
  const isLate = (edition: IndexEdition): boolean => edition.waiting.length > 0;
  const sorted = [...index.editions].sort(
    (one, other) =>
      at(other) - at(one) || Number(isLate(one)) - Number(isLate(other)) || other.tag.localeCompare(one.tag, 'en'),
  );
  return sorted.map((edition, number) => ({ edition, x: start + number * gap, late: isLate(edition) }));
}

/** Straight down, a quarter circle to the end side, and out. All bends of a bundle share their centre. */
function leave(line: Line, place: number, gap: number, width: number) {
  const radius = firstRadius + place * gap;
  const turn = 12;
  const d = `M${line.x} 0V${turn}A${radius} ${radius} 0 0 0 ${line.x + radius} ${turn + radius}H${width}`;
  return { d, late: line.late };
}

/** The stream of the home page, cut into one slice a release, so that the words beside it are ordinary text. */
export function streamOf(index: SiteIndex): Stream {
  const count = index.editions.length;
  const gap = count > 40 ? 3 : 5;
  const width = start + Math.max(0, count - 1) * gap + run;
  const lines = linesOf(index, gap);
  const standing = (release: string): readonly Line[] => lines.filter(({ edition }) => edition.release === release);
  const firstUsed = index.releases.findIndex(({ number }) => standing(number).length > 0);
  const shared = Math.max(0, firstUsed);
  const shown = index.releases.slice(Math.max(0, shared - 1));
  let left = lines;
  const rows = shown.map((release, place): StreamRow => {
    const leaving = standing(release.number).toReversed();
    left = left.filter((line) => !leaving.includes(line));
    const goingOn = left.map(({ x }) => `M${x} 0V100`);
    const height = 12 + firstRadius + Math.max(0, leaving.length - 1) * gap + 4;
    return {
      from: place === 0 && shared > 1 ? (index.releases[0] ?? null) : null,
      release,
      safety: release.severity === 'safety',
      late: leaving.filter(({ late }) => late).map(({ edition }) => edition),
      here: leaving.filter(({ late }) => !late).map(({ edition }) => edition),
      last: place === shown.length - 1,
      bend: {
        height,
        paths: [
          ...left.map(({ x }) => ({ d: `M${x} 0V${height}`, late: false })),
          ...leaving.map((line, order) => leave(line, order, gap, width)),
        ],
      },
      stretch: goingOn,
    };
  });
  const middle = start + (Math.max(0, count - 1) * gap) / 2;
  const spring = lines.map(({ x }) => `M${middle} 8C${middle} 30 ${x} 22 ${x} ${springHeight}`);
  return { width, middle, spring, rows };
}
