import { join } from 'node:path';
import type { World } from '../../../src/commands/ports.ts';
import { readSeed } from '../../../src/commands/seed/readSeed.ts';
import type { TranslationUnit } from '../../../src/domain/edition/edition.ts';
import type { LessonPackage } from '../../../src/domain/package/lessonPackage.ts';
import { textHash } from '../../../src/domain/release/canonical.ts';
import { readContentFolder } from '../../../src/files/contentFolder.ts';
import { authorityRoutes } from '../../../src/web/desk/authority/routes.ts';
import { baselineRoutes } from '../../../src/web/desk/baseline/routes.ts';
import { changeSetRoutes } from '../../../src/web/desk/changeSets/routes.ts';
import { recallRoutes } from '../../../src/web/desk/recalls/routes.ts';
import { releaseRoutes } from '../../../src/web/desk/releases/routes.ts';
import { addPartners, addPerson, edition, frontRoutes, type TestWorld, testWorld } from '../testApp.ts';

/** The routes under test beside the frame's. */
export const routes = [
  ...frontRoutes(),
  ...authorityRoutes,
  ...baselineRoutes,
  ...changeSetRoutes,
  ...releaseRoutes,
  ...recallRoutes,
];

function unit(lessonPackage: LessonPackage, tag: string, segment: string): TranslationUnit {
  return {
    edition: tag,
    segment,
    target: `[${tag}] ${lessonPackage.segments[segment]?.text ?? ''}`,
    state: 'reviewed',
    basedOn: textHash(lessonPackage.segments[segment]?.text ?? ''),
    adapted: false,
    backTranslation: null,
    by: 'deniz',
    reviewedBy: 'elif',
    at: '2026-09-01T09:00:00.000Z',
    origin: 'person',
    revision: 1,
  };
}

/** An edition whose every unit was made from the release it stands on. */
async function addEdition(world: World, tag: string, partner: string, release: string): Promise<void> {
  const lessonPackage = await world.store.releases.lessonPackage(release);
  await world.store.editions.save({ ...edition(tag, partner), upstream: { release, ahead: [] } });
  await world.store.units.saveMany(Object.keys(lessonPackage.segments).map((id) => unit(lessonPackage, tag, id)));
}

/** The small river with its two releases, a chief editor and two pedagogues, an edition behind and one up to date. */
export async function baselineWorld(): Promise<TestWorld> {
  const world = await testWorld();
  await addPartners(world);
  await addPerson(world, 'ingrid', 'authority', ['chiefEditor'], { name: 'Ingrid Solheim' });
  await addPerson(world, 'tomas', 'authority', ['pedagogue'], { name: 'Tomás Herrera' });
  await addPerson(world, 'leyla', 'authority', ['pedagogue'], { name: 'Leyla Demir', language: 'tr' });
  await addPerson(world, 'nadia', 'authority', ['chiefEditor'], { name: 'نادية حسن', language: 'ar' });
  await addPerson(world, 'deniz', 'tr', ['coordinator']);
  const seed = readSeed(await readContentFolder(join(import.meta.dirname, '../../river/content')));
  for (const { release, lessonPackage, revisions } of seed.releases) {
    await world.store.releases.add(release, lessonPackage, revisions);
  }
  await addEdition(world, 'tr-TR', 'tr', '0.1.0');
  await addEdition(world, 'ar-EG', 'eg', '0.2.0');
  return world;
}
