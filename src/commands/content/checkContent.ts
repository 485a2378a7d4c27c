import { type Audience, audiences } from '../../domain/checks/audience.ts';
import type { ContentFinding } from '../../domain/checks/finding.ts';
import { historyFindings } from '../../domain/checks/historyChecks.ts';
import { learnerTexts, lessonFindings, readingFindings, sentenceFindings } from '../../domain/checks/lessonChecks.ts';
import { translationFindings } from '../../domain/checks/translationChecks.ts';
import { type WordingRules, wordingFindings } from '../../domain/checks/wording.ts';
import { baselineLanguage } from '../../domain/edition/workingText.ts';
import type { LessonId, LessonPackage, SegmentId } from '../../domain/package/lessonPackage.ts';
import { type Finding, validatePackage } from '../../domain/package/validate.ts';
import { hashOf } from '../../domain/release/canonical.ts';
import type { EditionFiles } from '../../formats/content/editionFiles.ts';
import { labelCount } from '../../formats/drawing/labelDrawing.ts';
import type { ContentTree, FilePlace } from './contentTree.ts';
import { glossaryFindings } from './glossaryFindings.ts';

/** Something to mend, and where. */
export type Located = (ContentFinding | Finding) & {
  readonly place: FilePlace | null;
  /** In an edition's words. */
  readonly edition?: string;
};

/** The drawings that are there, as SVG, and the hash that each was released with. */
export type DrawingShelf = {
  readonly drawings: ReadonlyMap<string, string>;
  readonly seals: Readonly<Record<string, string>>;
};

/** What a drawing is sealed with: a drawing that changes gets a new name, so that releases stay what they were. */
export const sealOf = (svg: string): string => hashOf(svg.replace(/\r\n?/g, '\n'));

/** Everything that is wrong with the content; empty when it may go out. */
export function checkContent(tree: ContentTree, shelf: DrawingShelf): readonly Located[] {
  const rules = rulesOf(tree, baselineLanguage);
  const baseline = [
    ...validatePackage(tree.baseline),
    ...tree.baseline.lessons.flatMap((lesson) => [
      ...lessonFindings(tree.baseline, lesson),
      ...readingFindings(
        lesson,
        learnerTexts(tree.baseline, lesson, ({ text }) => text),
        rules,
      ),
    ]),
    ...wordsFindings(tree.baseline, rules),
    ...drawingFindings(tree.baseline, shelf),
    ...historyFindings(tree.history ?? []),
  ].map((finding): Located => ({ ...finding, place: placeOf(tree, finding) }));
  return [
    ...baseline,
    ...tree.editions.flatMap((edition) => editionFindings(tree, edition)),
    ...glossaryFindings(tree.glossaries, [...tree.wording.keys()]),
  ];
}

function rulesOf(tree: ContentTree, language: string): WordingRules {
  const rules = tree.wording.get(language);
  if (rules === undefined) throw new Error(`content/wording/${language}.yaml is missing`);
  return rules;
}

function placeOf(tree: ContentTree, { segment, lesson }: ContentFinding | Finding): FilePlace | null {
  if (segment !== undefined) return tree.placeOf(segment);
  return lesson === undefined ? null : { file: `content/baseline/lessons/${lesson}.md`, line: 1 };
}

/** Terms, red lines and long sentences in every text that readers see. */
function wordsFindings(lessonPackage: LessonPackage, rules: WordingRules): readonly ContentFinding[] {
  const readers = audiences(lessonPackage);
  return Object.values(lessonPackage.segments).flatMap((segment) => [
    ...wordingFindings(segment, segment.text, rules),
    ...sentenceFindings(segment.id, segment.text, readers.get(segment.id) ?? 'teacher', rules),
  ]);
}

function drawingFindings(lessonPackage: LessonPackage, shelf: DrawingShelf): readonly ContentFinding[] {
  return lessonPackage.lessons.flatMap((lesson) =>
    lesson.sections.flatMap((section) => {
      const kinds = section.placements.map(({ segment }) => lessonPackage.segments[segment]);
      return kinds.flatMap((segment, index): readonly ContentFinding[] => {
        if (segment?.drawing === undefined) return [];
        const { id, drawing } = segment;
        const svg = shelf.drawings.get(drawing);
        const at = { segment: id, lesson: lesson.id };
        if (svg === undefined) return [{ code: 'drawingMissing', ...at, data: { drawing } }];
        const rest = kinds.slice(index + 1);
        const end = rest.findIndex((other) => other?.kind !== 'label');
        const labels = end < 0 ? rest.length : end;
        const places = labelCount(svg);
        return [
          ...(labels === places ? [] : [{ code: 'labelsDiffer' as const, ...at, data: { drawing, labels, places } }]),
          ...(shelf.seals[drawing] === sealOf(svg)
            ? []
            : [{ code: 'drawingChanged' as const, ...at, data: { drawing } }]),
        ];
      });
    }),
  );
}

function editionFindings(tree: ContentTree, { edition, units }: EditionFiles): readonly Located[] {
  const tag = edition.edition;
  const rules = rulesOf(tree, edition.language);
  const own = edition.language === baselineLanguage;
  const packages = new Map((tree.history ?? []).map((each) => [each.release.number, each.lessonPackage]));
  const standsOn = packages.get(edition.release) ?? tree.baseline;
  const readers = audiences(standsOn);
  const texts = new Map<SegmentId, string>(units.map((unit) => [unit.segment, unit.target]));
  const ofUnits = units.flatMap((unit): readonly ContentFinding[] => {
    const source = packages.get(unit.release)?.segments[unit.segment];
    const { segment } = unit;
    if (source === undefined) return [{ code: 'unitUnknown', segment, data: { release: unit.release } }];
    const audience: Audience = readers.get(segment) ?? 'teacher';
    const adapted = edition.ledger.some((entry) => entry.segment === segment);
    return [
      ...translationFindings({
        segment,
        source: source.text,
        target: unit.target,
        language: edition.language,
        kind: source.kind,
        policy: source.policy,
        adapted,
        room: null,
        rules,
        glossary: null,
      }),
      ...(own || source.policy !== 'core' || unit.back !== undefined
        ? []
        : [{ code: 'backMissing' as const, segment, data: {} }]),
      ...sentenceFindings(segment, unit.target, audience, rules),
    ];
  });
  const ofLedger = edition.ledger
    .filter(({ segment }) => ![standsOn, ...packages.values()].some(({ segments }) => segments[segment] !== undefined))
    .map(({ segment }): ContentFinding => ({ code: 'ledgerUnknown', segment, data: {} }));
  const offered = standsOn.lessons.filter(({ id }) => edition.lessons[id]?.state === 'offered');
  const missing = own ? [] : untranslated(standsOn, offered, texts);
  const reading = offered.flatMap((lesson) =>
    readingFindings(
      lesson,
      learnerTexts(standsOn, lesson, ({ id, text }) => texts.get(id) ?? (own ? text : '')),
      rules,
    ),
  );
  const folder = `content/editions/${tag}`;
  const placed = (segment: SegmentId): FilePlace =>
    tree.placeOf(segment, tag) ?? tree.placeOf(segment) ?? { file: `${folder}/edition.yaml`, line: 1 };
  return [...ofUnits, ...ofLedger, ...missing, ...reading].map((finding) => ({
    ...finding,
    edition: tag,
    place:
      finding.segment === undefined ? { file: `${folder}/${finding.lesson}.md`, line: 1 } : placed(finding.segment),
  }));
}

/** Segments of the lessons that an edition offers, and the sentences that stand in for its facts, without its words. */
function untranslated(
  lessonPackage: LessonPackage,
  offered: LessonPackage['lessons'],
  texts: ReadonlyMap<SegmentId, string>,
): readonly ContentFinding[] {
  const standIns = Object.values(lessonPackage.facts).flatMap(({ whenMissing }) => whenMissing ?? []);
  const wanted = new Map<SegmentId, LessonId | undefined>(standIns.map((id) => [id, undefined]));
  for (const lesson of offered) {
    for (const { segment } of lesson.sections.flatMap((section) => section.placements)) {
      if (!wanted.has(segment)) wanted.set(segment, lesson.id);
    }
  }
  return [...wanted]
    .filter(([id]) => !texts.has(id))
    .map(([segment, lesson]) => ({
      code: 'untranslated',
      segment,
      data: {},
      ...(lesson === undefined ? {} : { lesson }),
    }));
}
