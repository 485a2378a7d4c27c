import type { Lesson, LessonPackage, Segment, SegmentId } from '../../domain/package/lessonPackage.ts';
import type { Homes } from './readBaseline.ts';
import { writePlacement, writeSegment } from './segmentMarker.ts';
import { writeYaml, writeYamlLine } from './yamlFile.ts';

/**
 * The baseline as files. A segment is defined in the file that `homes` names; without one, in the first lesson that
 * places it and begins its id (`B4` of `B4.title`), else in a shared file named like the first word of its id.
 */
export function writeBaseline(lessonPackage: LessonPackage, homes: Homes = new Map()): Map<string, string> {
  const files = new Map<string, string>();
  const settledHomes = settleHomes(lessonPackage, homes);
  files.set('order.yaml', writeYaml(lessonPackage.lessons.map((lesson) => lesson.id)));
  files.set('facts.yaml', writeYaml(Object.values(lessonPackage.facts)));
  files.set('evidence.yaml', writeYaml(Object.values(lessonPackage.evidence)));
  for (const lesson of lessonPackage.lessons) {
    files.set(lessonFile(lesson), writeLesson(lessonPackage, lesson, settledHomes));
  }
  const known = [...homes.keys()].filter((id) => settledHomes.has(id));
  const others = [...settledHomes.keys()].filter((id) => !homes.has(id)).sort(byNumberAndName);
  for (const id of [...known, ...others]) {
    const file = settledHomes.get(id) ?? '';
    if (!file.startsWith('shared/')) continue;
    const before = files.get(file) ?? `---\n${writeYamlLine('shared', sharedName(file))}\n---\n`;
    files.set(file, `${before}\n${writeSegment(lessonPackage.segments[id] as Segment)}`);
  }
  return files;
}

function writeLesson(lessonPackage: LessonPackage, lesson: Lesson, homes: Homes): string {
  const head = { lesson: lesson.id, ...lesson.fields };
  const lines = Object.entries(head).map(([key, value]) => writeYamlLine(key, value));
  const parts = [`---\n${lines.join('\n')}\n---\n`];
  const defined = new Set<SegmentId>();
  for (const section of lesson.sections) {
    parts.push(`# ${section.id}\n`);
    for (const placement of section.placements) {
      const { segment: id } = placement;
      const definesHere = homes.get(id) === lessonFile(lesson) && !defined.has(id);
      defined.add(id);
      parts.push(
        definesHere ? writeSegment(lessonPackage.segments[id] as Segment, placement) : writePlacement(placement),
      );
    }
  }
  return parts.join('\n');
}

/** A home for every segment: the recorded one while it still can be, else the derived one. */
function settleHomes(lessonPackage: LessonPackage, homes: Homes): Homes {
  const possible = new Map<SegmentId, string[]>();
  for (const lesson of lessonPackage.lessons) {
    for (const section of lesson.sections) {
      for (const { segment } of section.placements) {
        const files = possible.get(segment) ?? [];
        possible.set(segment, [...files, lessonFile(lesson)]);
      }
    }
  }
  const settled = new Map<SegmentId, string>();
  for (const id of Object.keys(lessonPackage.segments)) {
    const recorded = homes.get(id);
    const files = possible.get(id) ?? [];
    const own = files.find((file) => id.startsWith(`${lessonName(file)}.`));
    const stays = recorded !== undefined && (recorded.startsWith('shared/') || files.includes(recorded));
    settled.set(id, stays ? recorded : (own ?? `shared/${(id.split(/[.-]/)[0] ?? id).toLowerCase()}.md`));
  }
  return settled;
}

function lessonFile(lesson: Lesson): string {
  return `lessons/${lesson.id}.md`;
}

function lessonName(file: string): string {
  return file.slice('lessons/'.length, -'.md'.length);
}

function sharedName(file: string): string {
  return file.slice('shared/'.length, -'.md'.length);
}

const collator = new Intl.Collator('en', { numeric: true });

function byNumberAndName(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : 1);
}
