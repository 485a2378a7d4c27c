import { strict as assert } from 'node:assert';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { saveUnit } from '../src/commands/edition/saveUnit.ts';
import { hashPassword } from '../src/commands/people/password.ts';
import type { Actor } from '../src/domain/access/access.ts';
import { pause } from '../test/prove/child.ts';
import { openRiver } from '../test/prove/river.ts';
import { Visitor } from '../test/web/testApp.ts';

const secret = 'a river runs downhill';

/**
 * Changes one text in every lesson of an edition, on a data folder that no server runs on, so that a publication has all
 * of them to make anew; and lets the coordinator sign in. Returns who that is.
 */
export async function changeEveryLesson(
  dataFolder: string,
  tag: string,
): Promise<{ readonly email: string; readonly lessons: number }> {
  const river = await openRiver(dataFolder, {
    standInFiles: true,
    publicFolder: join(tmpdir(), 'headwater-never-written'),
  });
  try {
    const { world } = river;
    const { store } = world;
    const edition = await store.editions.byTag(tag);
    assert(edition !== null, `the content has no ${tag}`);
    const coordinator = (await store.people.all()).find(
      ({ roles, partner }) => roles.includes('coordinator') && partner === edition.partner,
    );
    assert(coordinator !== undefined, 'nobody may publish');
    const person = { ...coordinator, state: 'active' as const, revision: coordinator.revision + 1 };
    await store.people.save(person);
    await store.people.setPasswordHash(person.id, await hashPassword(secret));
    const actor: Actor = { kind: 'person', person };
    const { lessons, segments } = await store.releases.lessonPackage(edition.upstream.release);
    const used = new Set<string>();
    let changed = 0;
    for (const lesson of lessons) {
      const placed = lesson.sections.flatMap(({ placements }) => placements.map(({ segment }) => segment));
      for (const id of placed) {
        const segment = segments[id];
        if (segment?.policy !== 'adaptable' || segment.kind !== 'paragraph' || used.has(id)) continue;
        const unit = await store.units.byId(tag, id);
        if (unit === null || /[{*[\d]/.test(unit.target) || !unit.target.endsWith('.')) continue;
        used.add(id);
        const target = unit.target.replace(/(\S+)\.$/, '$1 ($1).');
        await saveUnit(world, actor, { edition: tag, segment: id, target, revision: unit.revision });
        changed++;
        break;
      }
    }
    return { email: person.email, lessons: changed };
  } finally {
    await river.close();
  }
}

/** A coordinator at the desk of a running server. */
export async function coordinatorAt(origin: string, email: string, tag: string) {
  const visitor = new Visitor(origin);
  await visitor.get('/desk/sign-in');
  const signedIn = await visitor.post('/desk/sign-in', { email, password: secret });
  assert.equal(signedIn.status, 303, 'signing in');
  const page = `/desk/editions/${tag}/publish`;
  return {
    /** Presses the button with every lesson that is ready chosen; resolves when the new pages are open. */
    async publish(): Promise<{ readonly lessons: number }> {
      const { html } = await visitor.get(page);
      const lessons = [...html.matchAll(/name="lesson" value="([^"]+)" checked/g)].map((match) => match[1] ?? '');
      const revision = /name="revision" value="(\d+)"/.exec(html)?.[1] ?? '';
      const sent = await visitor.post(page, { revision, lesson: lessons });
      assert.equal(sent.status, 303, sent.html.slice(0, 500));
      for (;;) {
        const run = JSON.parse((await visitor.get(`${page}?progress=run`)).html) as {
          running?: boolean;
          failed?: unknown;
        };
        if (run.running !== true) {
          assert(!run.failed, JSON.stringify(run));
          return { lessons: lessons.length };
        }
        await pause(200);
      }
    },
    /** Whether files are still being built behind the pages. */
    async building(): Promise<boolean> {
      const { html } = await visitor.get(`${page}?progress=files`);
      return (JSON.parse(html) as { readonly done: boolean }).done === false;
    },
  };
}
