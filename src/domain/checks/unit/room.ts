import type { LessonPackage, Section, Segment, SegmentId } from '../../package/lessonPackage.ts';
import { bareText } from '../sentences.ts';
import type { LooksAt } from './unitFinding.ts';

/** Places where a text has little room. */
export const rooms = ['slideTitle', 'slideLine', 'label', 'cardTitle', 'cardText', 'blank', 'tick'] as const;
export type Room = (typeof rooms)[number];

/**
 * How many letters each has room for. Measured on the English texts of the baseline 1.8.1: the longest that stands there
 * (54, 135, 28, 57, 235, 95 and 100 letters), and three tenths more, because most languages take more letters than
 * English for the same.
 */
export const roomFor: Readonly<Record<Room, number>> = {
  slideTitle: 70,
  slideLine: 175,
  label: 36,
  cardTitle: 74,
  cardText: 305,
  blank: 124,
  tick: 130,
};

/** What little room a segment has in a section; null where there is enough. */
function roomIn({ kind: place }: Section, { kind }: Segment): Room | null {
  if (kind === 'label' || kind === 'blank' || kind === 'tick') return kind;
  if (place === 'slides') {
    if (kind === 'slide') return 'slideTitle';
    return kind === 'item' || kind === 'paragraph' || kind === 'caption' ? 'slideLine' : null;
  }
  if (place !== 'cards') return null;
  if (kind === 'heading') return 'cardTitle';
  return kind === 'paragraph' || kind === 'item' ? 'cardText' : null;
}

const measured = new WeakMap<LessonPackage, ReadonlyMap<SegmentId, Room>>();

/** The tightest place of every segment that stands in one. */
export function roomsOf(lessonPackage: LessonPackage): ReadonlyMap<SegmentId, Room> {
  const known = measured.get(lessonPackage);
  if (known !== undefined) return known;
  const found = new Map<SegmentId, Room>();
  for (const section of lessonPackage.lessons.flatMap((lesson) => lesson.sections)) {
    for (const { segment: id } of section.placements) {
      const segment = lessonPackage.segments[id];
      const room = segment === undefined ? null : roomIn(section, segment);
      const before = found.get(id);
      if (room !== null && (before === undefined || roomFor[room] < roomFor[before])) found.set(id, room);
    }
  }
  measured.set(lessonPackage, found);
  return found;
}

/** Marks that sit on a letter, and signs that nobody sees, take no room. */
const unseen = /\p{M}|\p{Cf}/gu;
/** Chinese, Japanese and Korean letters take the room of two. */
const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|[\ud840-\ud87f]/g;
const half = /[\udc00-\udfff]/g;

/** How much room a text takes, in letters. */
export function lengthOf(text: string): number {
  const bare = bareText(text);
  if (/^[\x20-\x7e]*$/.test(bare)) return bare.length;
  const seen = bare.replace(unseen, '');
  return seen.length - countOf(seen, half) + countOf(seen, wide);
}

const countOf = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** Whether the text fits where there is little room. What the source itself overdoes is not the translator's fault. */
export const roomCheck: LooksAt = ({ source, target, room }) => {
  if (room === null || target.length <= roomFor[room] / 2) return [];
  const limit = Math.max(roomFor[room], lengthOf(source));
  const length = lengthOf(target);
  return length > limit ? [{ check: 'tooLong', level: 'warning', data: { room, length, limit } }] : [];
};
