import { bands } from '../../domain/package/lessonPackage.ts';
import type { Bundle, BundleFile, BundleKind, BundleLesson } from '../../formats/bundle/bundle.ts';
import { filePath, lessonPath } from '../../formats/bundle/places.ts';
import type { Help } from '../../formats/page/lessonPage.ts';
import { plainText } from '../../formats/page/plainText.ts';
import { editionFrame, type Frame } from '../frame.ts';
import { frameLanguage, type Words } from '../languages.ts';
import { lessonBody } from './lessonBody.ts';

/** Every address is relative to where the page lies: `up` leads to the top of the bundle. */
type Around = { readonly up: '' | '../'; readonly kind: BundleKind };

/** What surrounds a page of a copy. On a learning platform there are no other pages to go to: the help is on this one. */
function frameOf({ edition }: Bundle, help: Help, place: Frame['place'], { up, kind }: Around): Frame {
  const frame = editionFrame(edition, help, place);
  const home = kind === 'offline' ? `${up}index.html` : '';
  const helpHref = kind === 'offline' ? `${up}help.html` : '#help-title';
  return {
    ...frame,
    edition: frame.edition && { ...frame.edition, href: home, helpHref },
    links: { ...frame.links, home, verify: '', desk: '' },
  };
}

const upper = (name: string): string => name.slice(name.lastIndexOf('.') + 1).toUpperCase();

/** A row of the files: what it is, its format and its size. */
const fileRow = (lesson: BundleLesson, file: BundleFile, up: string) => ({
  label: file.label,
  format: upper(file.name),
  bytes: file.bytes.length,
  href: up + filePath(lesson, file),
});

const shared = ({ edition }: Bundle, { kind }: Around) => ({
  publication: edition.publication,
  release: edition.release,
  places: kind === 'offline',
  platform: kind !== 'offline',
  askHref: edition.address,
});

/** Rules of pages in a bundle alone: what a script has put away stays away, and the places stand in the head. */
const rules =
  '[hidden]{display:none!important}.copy-places{display:flex;gap:20px;margin-inline-start:auto}' +
  '.copy-places [aria-current]{border-block-end:2px solid var(--river)}.find{margin-block:24px 8px}p.brand{margin:0}.find label{margin-block-end:6px}' +
  '.found:empty{display:none}#found{border-block-start:1px solid var(--ink);padding-block-start:24px}' +
  '#done-said:empty{display:none}.done{margin-block:32px 0}.check input{padding-block:10px;block-size:auto}.check li{overflow-wrap:anywhere}[role=status]+section,[role=status]:not(:empty){margin-block:24px}#check-altered{margin-block:24px}';

export function bundleHome(bundle: Bundle, words: Words) {
  const around: Around = { up: '', kind: 'offline' };
  const { edition, lessons } = bundle;
  const language = frameLanguage(edition.language);
  const ages = lessons.flatMap(({ page }) => page.ages ?? []);
  const row = (lesson: BundleLesson) => ({
    lesson: lesson.page.lesson,
    title: lesson.page.title,
    national: lesson.page.national ?? false,
    safety: lesson.safety !== null,
    sentence: plainText(lesson.page.lead[0]?.paragraphs ?? [], 'isolated'),
    href: lessonPath(lesson),
    minutes: lesson.page.minutes,
    topicText: words(language, `public:topic.${lesson.page.topics[0] ?? 'trust'}`),
    noScreen: lesson.page.screens === 'none',
    print: lesson.files[0] ? fileRow(lesson, lesson.files[0], '') : null,
  });
  const groups = bands.flatMap((band) => {
    const inBand = lessons.filter(({ page }) => page.band === band);
    const first = inBand[0]?.page.ages ?? null;
    if (inBand.length === 0) return [];
    const years = first && { from: first[0], to: first[1] };
    return [{ band, ages: years, count: inBand.length, rows: inBand.map(row) }];
  });
  const data = {
    ...shared(bundle, around),
    range: ages.length > 0 ? { from: Math.min(...ages), to: Math.max(...ages) } : null,
    forChildren: lessons.filter(({ page }) => page.ages).length,
    forAdults: lessons.filter(({ page }) => !page.ages).length,
    groups,
    scripts: ['search-index.js', 'search.js'],
  };
  return { frame: frameOf(bundle, edition.help, 'lessons', around), data, rules };
}

export function bundleHelp(bundle: Bundle) {
  const around: Around = { up: '', kind: 'offline' };
  return { frame: frameOf(bundle, bundle.edition.help, 'help', around), data: shared(bundle, around), rules };
}

export function bundleCheck(bundle: Bundle) {
  const around: Around = { up: '', kind: 'offline' };
  const data = { ...shared(bundle, around), scripts: ['check.js'] };
  return { frame: frameOf(bundle, bundle.edition.help, null, around), data, rules };
}

export function bundleLesson(bundle: Bundle, lesson: BundleLesson, kind: BundleKind) {
  const around: Around = { up: '../', kind };
  const { page } = lesson;
  const frame = frameOf(bundle, page.help, null, around);
  const body = lessonBody(page);
  const data = {
    ...shared(bundle, around),
    ...body.data,
    pictureBase: `${around.up}pictures/pic-`,
    bandHref: `${frame.edition?.href ?? ''}#band-${page.band}`,
    files: lesson.files.map((file) => fileRow(lesson, file, around.up)),
    release: page.imprint.release,
    standing: lesson.safety && { safety: lesson.safety.sets, due: lesson.safety.due },
    avoid: lesson.safety?.avoid ?? [],
    askHref: page.imprint.verifyUrl ?? bundle.edition.address,
    learning: kind === 'scorm',
    scripts: kind === 'scorm' ? [`${around.up}scorm.js`] : [],
  };
  return { frame, data, rules: rules + body.rules };
}
