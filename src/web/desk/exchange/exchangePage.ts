import { exchangeFormats, exchangeLimits } from '../../../domain/exchange/exchangeFile.ts';
import type { FileImport } from '../../../domain/exchange/fileImport.ts';
import { paths } from '../../paths.ts';
import type { Translate } from '../../route.ts';
import { lessonTitle } from '../today/lessonTitle.ts';
import { type Desk, isStale } from '../today/loadDesk.ts';

/** What the page of an edition's exchange shows. */
export function exchangePage(
  t: Translate,
  desk: Desk,
  imports: readonly FileImport[],
  names: ReadonlyMap<string, string>,
  person: string,
) {
  const { working } = desk;
  const { tag } = working.edition;
  const waiting = imports.find((each) => each.state === 'waiting' && each.by === person);
  return {
    title: waiting === undefined ? t('exchange:title') : t('exchange:waiting', { name: waiting.name }),
    waiting: waiting === undefined ? null : paths.import.to(tag, waiting.id),
    stale: [...desk.units.values()].filter((unit) => isStale(unit) && !unit.omitted).length,
    // A lesson of the edition's own has no source that another tool could translate from.
    lessons: working.lessonPackage.lessons
      .filter((lesson) => !working.material?.lessons.has(lesson.id))
      .map((lesson) => ({ id: lesson.id, title: lessonTitle(working, lesson) })),
    formats: exchangeFormats.map((format, index) => ({
      format,
      chosen: index === 0,
      text: t(`exchange:formats.${format}`),
      note: t(`exchange:formatNotes.${format}`),
    })),
    megabytes: exchangeLimits.bytes / 1024 / 1024,
    most: exchangeLimits.units,
    past: imports.map((each) => ({
      href: paths.import.to(tag, each.id),
      name: each.name,
      by: names.get(each.by) ?? '',
      at: each.appliedAt ?? each.at,
      state: t(`exchange:states.${each.state}`),
      sign: each.state === 'applied' ? 'done' : each.state === 'waiting' ? 'clock' : 'removed',
      counts: each.state === 'waiting' ? null : each.counts,
    })),
    hrefs: { file: paths.exchangeFile.to(tag), bring: paths.imports.to(tag) },
  };
}
