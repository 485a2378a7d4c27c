import { addSegment } from '../../../src/commands/material/addSegment.ts';
import { createLesson } from '../../../src/commands/material/createLesson.ts';
import { writeInLesson } from '../../../src/commands/material/ownLesson.ts';
import { putPicture } from '../../../src/commands/material/pictures.ts';
import type { Actor } from '../../../src/domain/access/access.ts';
import { readPicture } from '../../../src/files/pictures.ts';
import { noise } from '../../files/samplePicture.ts';
import type { SampleDesk } from './sampleDesk.ts';

/** A text, two pictures and a lesson of the partner's own, in the Turkish and in the Arabic edition. */
export async function fillMaterial({ world, store }: SampleDesk): Promise<void> {
  for (const [tag, id, words] of [
    ['tr-TR', 'elif', 'Köprünün üstünde duran üç arkadaş konuşuyor.'],
    ['ar-EG', 'mona', 'ثلاثة أصدقاء يتحدثون فوق جسر صغير.'],
  ] as const) {
    const person = await store.people.byId(id);
    if (person === null) throw new Error(`nobody is called ${id}`);
    const actor: Actor = { kind: 'person', person };
    const at = { edition: tag, lesson: 'B4', reason: 'Children here know it' };
    await addSegment(world, actor, { ...at, after: 'B4.act.2', kind: 'paragraph', text: words });
    const picture = await addSegment(world, actor, { ...at, after: 'B4.act.4', kind: 'picture', text: words });
    await addSegment(world, actor, { ...at, after: 'B4.act.1', kind: 'picture', text: words });
    await putPicture(world, readPicture, actor, {
      edition: tag,
      segment: picture.id,
      bytes: await noise(800, 500).png().toBuffer(),
      alt: words,
      credit: {
        creator: 'Ada Boyar',
        licence: 'CC BY 4.0',
        source: 'https://example.org/a-rather-long-address/bridge',
      },
      reason: at.reason,
      revision: 0,
    });
    const lesson = await createLesson(world, actor, {
      edition: tag,
      title: words,
      reason: at.reason,
      fields: {
        band: 'B',
        ages: [10, 12],
        group: 'class',
        screens: 'none',
        sheets: 0,
        topics: ['trust'],
        sensitivity: 'high',
        notForAssembly: true,
      },
    });
    const step = { section: 'steps', kind: 'step', text: words, after: null, minutes: 20, practice: true };
    await writeInLesson(world, actor, { edition: tag, lesson: lesson.id, revision: 1 }, step);
  }
}
