import type { PublishedLesson } from '../../domain/edition/publication.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Placement, Section, SectionKind, SegmentKind } from '../../domain/package/lessonPackage.ts';
import { helpOf } from './helpLines.ts';
import type {
  Block,
  Imprint,
  LessonPage,
  LessonQuestion,
  LessonSheet,
  LessonSlide,
  LessonStep,
  Paragraph,
} from './lessonPage.ts';
import { parseText, type TextContext } from './parseText.ts';
import { plainText } from './plainText.ts';

/** A placed segment with its words read. */
type Placed = { readonly placement: Placement; readonly block: Block };
type Group = { readonly opener: Placed; readonly members: readonly Placed[] };

const sheetKinds = ['handout', 'aid', 'cards', 'letter', 'booster', 'plan'] as const satisfies readonly SectionKind[];
type SheetKind = (typeof sheetKinds)[number];
const isSheet = (kind: SectionKind): kind is SheetKind => sheetKinds.some((one) => one === kind);

function reader(published: PublishedLesson): (section: Section) => readonly Placed[] {
  const textOf = (id: string): string | undefined => published.segments[id]?.text ?? (/\s/.test(id) ? id : undefined);
  const context: TextContext = { language: published.language, facts: published.facts, textOf };
  return (section) =>
    withLabels(
      section.placements.map((placement) => {
        const segment = published.segments[placement.segment];
        if (!segment) throw new DomainError('segmentUnknown', { segment: placement.segment });
        const block: Block = {
          segment: placement.segment,
          kind: segment.kind,
          policy: segment.policy,
          paragraphs: parseText(segment.text, context),
          ...(segment.adapted ? { adapted: true } : {}),
          ...(segment.adapted === 'addition' ? { added: true } : {}),
          ...(segment.untranslated ? { untranslated: true } : {}),
          ...(segment.picture === undefined ? {} : { picture: segment.picture }),
          ...(segment.drawing === undefined ? {} : { drawing: { name: segment.drawing, labels: [] } }),
        };
        return { placement, block };
      }),
    );
}

/** Labels become part of the drawing before them; a picture of an edition's own has no places for them. */
function withLabels(placed: readonly Placed[]): readonly Placed[] {
  const found: Placed[] = [];
  for (const one of placed) {
    const last = found.at(-1);
    if (one.block.kind === 'label' && last?.block.picture !== undefined) continue;
    if (one.block.kind !== 'label' || last?.block.drawing === undefined) {
      found.push(one);
      continue;
    }
    const labels = [...last.block.drawing.labels, plainText(one.block.paragraphs)];
    found[found.length - 1] = { ...last, block: { ...last.block, drawing: { ...last.block.drawing, labels } } };
  }
  return found;
}

/** Groups that last until the next of their kind; what stands before the first joins it. */
function groupsOf(placed: readonly Placed[], kind: SegmentKind): readonly Group[] {
  const starts = placed.flatMap(({ block }, index) => (block.kind === kind ? [index] : []));
  return starts.flatMap((start, order) => {
    const opener = placed[start];
    const before = order === 0 ? placed.slice(0, start) : [];
    return opener ? [{ opener, members: [...before, ...placed.slice(start + 1, starts[order + 1])] }] : [];
  });
}

/** The words of a block on one line. */
function lineOf(block: Block): Paragraph {
  return block.paragraphs.flatMap((paragraph, index) =>
    index === 0 ? paragraph : [{ kind: 'break' } as const, ...paragraph],
  );
}

const blocksOf = (placed: readonly Placed[]): readonly Block[] => placed.map(({ block }) => block);

function stepsOf(placed: readonly Placed[]): readonly LessonStep[] {
  let clock = 0;
  return groupsOf(placed, 'step').map(({ opener, members }, index) => {
    const from = clock;
    clock += opener.placement.minutes ?? 0;
    return {
      segment: opener.block.segment,
      number: index + 1,
      title: lineOf(opener.block),
      minutes: opener.placement.minutes ?? 0,
      from,
      to: clock,
      practice: opener.placement.practice ?? false,
      body: blocksOf(members),
      evidence: opener.placement.evidence ?? [],
    };
  });
}

function questionsOf(placed: readonly Placed[]): readonly LessonQuestion[] {
  return groupsOf(placed, 'question').map(({ opener, members }, index) => ({
    segment: opener.block.segment,
    number: index + 1,
    stem: opener.block.paragraphs,
    answers: members
      .filter(({ block }) => block.kind === 'answer')
      .map(({ block, placement }) => ({
        segment: block.segment,
        text: lineOf(block),
        right: placement.right ?? false,
      })),
    explanation: blocksOf(members.filter(({ block }) => block.kind !== 'answer')),
  }));
}

function slidesOf(placed: readonly Placed[]): readonly LessonSlide[] {
  return groupsOf(placed, 'slide').map(({ opener, members }, index) => ({
    segment: opener.block.segment,
    number: index + 1,
    title: lineOf(opener.block),
    lines: blocksOf(members.filter(({ block }) => block.kind !== 'presenterNote')),
    notes: blocksOf(members.filter(({ block }) => block.kind === 'presenterNote')),
  }));
}

function sheetOf(section: Section, kind: SheetKind, placed: readonly Placed[], lessonTitle: string): LessonSheet {
  const title = placed.find(({ block }) => block.kind === 'heading');
  const name = section.id.includes(':') ? section.id.slice(section.id.indexOf(':') + 1) : section.kind;
  return {
    name,
    kind,
    title: title ? plainText([lineOf(title.block)]) : lessonTitle,
    blocks: blocksOf(placed.filter((one) => one !== title)),
  };
}

function evidenceOf(published: PublishedLesson): LessonPage['evidence'] {
  const placements = published.lesson.sections.flatMap((section) => section.placements);
  const named = [...published.lesson.fields.evidence, ...placements.flatMap(({ evidence }) => evidence ?? [])];
  return [...new Set(named)].map((id) => ({ id, citation: published.evidence[id] ?? id }));
}

/** A published lesson as every output format prints it. Pure: the same lesson and imprint make the same page. */
export function buildLessonPage(published: PublishedLesson, imprint: Imprint): LessonPage {
  const { lesson } = published;
  const { booster, groupSize, evidence: _, ...fields } = lesson.fields;
  const read = reader(published);
  const sections = lesson.sections.map((section) => ({ section, placed: read(section) }));
  const of = (kind: SectionKind): readonly Placed[] =>
    sections.filter(({ section }) => section.kind === kind).flatMap(({ placed }) => placed);
  const head = of('head');
  const heading = head.find(({ block }) => block.kind === 'heading');
  const title = heading ? plainText([lineOf(heading.block)]) : lesson.id;
  return {
    lesson: lesson.id,
    ...(published.own ? { national: true as const } : {}),
    title,
    lead: blocksOf(head.filter((one) => one !== heading)),
    ...fields,
    booster: booster ?? null,
    groupSize: groupSize ?? null,
    evidence: evidenceOf(published),
    before: blocksOf(of('before')),
    objectives: blocksOf(of('objectives')),
    messages: blocksOf(of('messages')),
    materials: blocksOf(of('materials')),
    steps: stepsOf(of('steps')),
    questions: questionsOf(of('questions')),
    later: questionsOf(of('later')),
    safeguarding: blocksOf(of('safeguarding')),
    sheetsToPrint: sections.flatMap(({ section, placed }) =>
      isSheet(section.kind) ? [sheetOf(section, section.kind, placed, title)] : [],
    ),
    slides: slidesOf(of('slides')),
    help: helpOf(published.facts, lesson.fields.band),
    imprint,
  };
}
