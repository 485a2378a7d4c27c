import {
  type Placement,
  type Policy,
  policies,
  type Segment,
  type SegmentKind,
  segmentKinds,
} from '../../domain/package/lessonPackage.ts';
import { normalText } from '../../domain/package/text.ts';
import { malformed } from './malformed.ts';
import { type Entry, writeDefinition, writeReference } from './markedFile.ts';

/** What an id of a segment, a lesson or a piece of evidence may look like; lesson ids also name files. */
export const idPattern = /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/;
export const segmentFields = ['note', 'from', 'variantOf', 'drawing'] as const;

type Definition = Extract<Entry, { readonly kind: 'definition' }>;
type Reference = Extract<Entry, { readonly kind: 'reference' }>;

/** The segment that a definition defines. */
export function readSegment(entry: Definition, file: string): Segment {
  const [id, kind, policy] = entry.words;
  const fail = (problem: string) => malformed(file, entry.line, problem);
  if (!segmentKinds.includes(kind as SegmentKind)) throw fail(`no kind of segment: ${kind ?? ''}`);
  if (!policies.includes(policy as Policy)) throw fail(`no policy: ${policy ?? ''}`);
  const from = entry.fields.from?.split(',').map((part) => readId(part.trim(), file, entry.line));
  const note = normalText(entry.fields.note ?? '');
  const { variantOf, drawing } = entry.fields;
  if ((kind === 'picture') !== (drawing !== undefined)) throw fail('a picture, and nothing else, has a drawing');
  return {
    id: readId(id, file, entry.line),
    kind: kind as SegmentKind,
    policy: policy as Policy,
    text: entry.text,
    ...(variantOf === undefined ? {} : { variantOf: readId(variantOf.trim(), file, entry.line) }),
    ...(from === undefined ? {} : { from }),
    ...(drawing === undefined ? {} : { drawing: readId(drawing.trim(), file, entry.line) }),
    ...(note === '' ? {} : { note }),
  };
}

/** Where and how an entry places its segment. */
export function readPlacement(entry: Definition | Reference, file: string): Placement {
  const placement: { -readonly [K in keyof Placement]: Placement[K] } = {
    segment: readId(entry.words[0], file, entry.line),
  };
  for (const word of entry.words.slice(entry.kind === 'definition' ? 3 : 1)) {
    const [, key = word, value] = /^([a-z]+)=(.+)$/.exec(word) ?? [];
    if (Object.hasOwn(placement, key)) throw malformed(file, entry.line, `twice: ${key}`);
    if (key === 'minutes' && /^\d{1,4}$/.test(value ?? '')) placement.minutes = Number(value);
    else if (key === 'practice' && value === undefined) placement.practice = true;
    else if (key === 'right' && value === undefined) placement.right = true;
    else if (key === 'evidence' && value !== undefined) {
      placement.evidence = value.split(',').map((id) => readId(id, file, entry.line));
    } else throw malformed(file, entry.line, `not a field of a placement: ${word}`);
  }
  return placement;
}

export function readId(id: string | undefined, file: string, line: number): string {
  if (id === undefined || !idPattern.test(id)) throw malformed(file, line, `not an id: ${id ?? ''}`);
  return id;
}

/** A segment as a definition, in a lesson together with its placement there. */
export function writeSegment(segment: Segment, placement?: Placement): string {
  const words = [segment.id, segment.kind, segment.policy, ...(placement ? placementWords(placement) : [])];
  return writeDefinition(
    words,
    [
      ['variantOf', segment.variantOf],
      ['from', segment.from?.join(', ')],
      ['drawing', segment.drawing],
      ['note', segment.note],
    ],
    segment.text,
  );
}

export function writePlacement(placement: Placement): string {
  return writeReference([placement.segment, ...placementWords(placement)]);
}

function placementWords(placement: Placement): readonly string[] {
  return [
    ...(placement.minutes === undefined ? [] : [`minutes=${placement.minutes}`]),
    ...(placement.practice ? ['practice'] : []),
    ...(placement.right ? ['right'] : []),
    ...(placement.evidence?.length ? [`evidence=${placement.evidence.join(',')}`] : []),
  ];
}
