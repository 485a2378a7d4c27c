import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { upstreamPackage } from './commands/edition/upstreamPackage.ts';
import type { World } from './commands/ports.ts';
import { recordFailedFiles } from './commands/publication/recordFailure.ts';
import { firstLinks } from './commands/seed/firstLinks.ts';
import { otherHistory } from './commands/seed/otherHistory.ts';
import { readSeed } from './commands/seed/readSeed.ts';
import { seedStore } from './commands/seed/seedStore.ts';
import { type Config, makeFolders } from './config.ts';
import { openDatabase } from './database.ts';
import { createDelivery } from './delivery/createDelivery.ts';
import { readContentFolder } from './files/contentFolder.ts';
import { readPicture } from './files/pictures.ts';
import { readWording } from './formats/content/readWording.ts';
import { buildLessonPage } from './formats/page/buildLessonPage.ts';
import { hopsTo, openGate } from './gate/openGate.ts';
import { standBack } from './gate/standBack.ts';
import { growGently } from './heap.ts';
import { createLog, secret } from './installation.ts';
import { createPublicationRuns } from './jobs/publications.ts';
import { warmAfter } from './jobs/warmMemory.ts';
import { openWriters } from './openWriters.ts';
import { createPreview } from './site/preview.ts';
import { createSite, type ProjectedSite, type SiteDeps } from './site/projector.ts';
import { createPublicHandler, type Progress } from './site/serve.ts';
import { createApp } from './web/app.ts';
import { createTranslator } from './web/i18n.ts';
import { paths } from './web/paths.ts';
import { deskRoutes } from './web/routes.ts';

const root = join(import.meta.dirname, '..');

export type Running = {
  readonly address: string;
  /** Resolves when the first start has seeded everything, or has left a baseline of its own alone. */
  readonly ready: Promise<Seeding>;
  /** What every command is given: a bench does with it what the desk does. */
  readonly world: World;
  /** Resolves when no file is being built any more. */
  readonly filesSettled: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** What a start did with the seed. `otherBaseline`: the data folder holds another history, which was left as it is. */
export type Seeding = { readonly kind: 'seeded' } | { readonly kind: 'otherBaseline'; readonly newest: string };

export type StartOptions = {
  /** Tests pass their own clock. */
  readonly now?: () => string;
  /** Where the seed is read from; null starts empty. */
  readonly contentFolder?: string | null;
  readonly print?: (line: string) => void;
  readonly logLevel?: string;
  /** Whether this process is the product and nothing else: then everything in it lets readers go first. */
  readonly readersFirst?: boolean;
};

/** The only place that wires everything: opens the gate first, then the store, then seeds in the background. */
export async function start(config: Config, options: StartOptions = {}): Promise<Running> {
  growGently();
  const { now = () => new Date().toISOString(), print = console.log } = options;
  makeFolders(config);
  const log = createLog(config, options.logLevel ?? 'info');
  const { t } = createTranslator(join(root, 'locales'));
  const working: { site: ProjectedSite | null } = { site: null };
  const gate = await openGate({
    config,
    fileNow: async (tag, path, milliseconds) => (await working.site?.fileNow(tag, path, milliseconds)) ?? null,
    failed: (problem) => log.error({ err: problem }, 'the public folder cannot be read'),
  });
  if (options.readersFirst) standBack();
  const { address } = gate;
  const origin = config.baseUrl ?? address;
  print(`Headwater listens on ${address}`);

  const database = await openDatabase(config, (line) => log.info(line));
  const { store } = database;
  const pictureOf = async (hash: string) => (await store.archive.get(hash))?.bytes ?? null;
  const { writers, close: closeWriters } = openWriters({ words: t, pictureOf });
  const making = { store, renderLesson: buildLessonPage, writers, translate: t, now };
  const warn = (message: string, details: object) => log.warn(details, message);
  const failedFiles: SiteDeps['failedFiles'] = (tag, failures) => recordFailedFiles(world, tag, failures);
  const site = createSite({
    ...making,
    folder: config.publicFolder,
    baseUrl: config.baseUrl,
    log: { warn },
    failedFiles,
  });
  working.site = site;
  const world: World = {
    store,
    wording: readWording(await readContentFolder(join(root, 'content/wording'))),
    now,
    newId: () => randomBytes(16).toString('base64url'),
    site,
  };
  const failed = (what: string) => (error: unknown) => log.error({ err: error }, what);
  const { smtpUrl, mailFolder } = config;
  const telling = { store, smtpUrl, mailFolder, baseUrl: origin, now, translate: t };
  const delivery = createDelivery({ ...telling, onError: failed('delivery failed') });
  const runs = createPublicationRuns(world, (edition, error) =>
    log.error({ err: error, edition }, 'publication failed'),
  );
  const previews = createPreview({ ...making, source: (edition) => upstreamPackage(store, edition) });
  const sessions = database.sessions();
  // The desk answers a refused form with the public page that it stood on.
  const { formRefusal } = createPublicHandler({
    folder: config.publicFolder,
    translate: t,
    progress: () => null,
    baseUrl: config.baseUrl,
  });
  const app = createApp({
    world,
    routes: deskRoutes({ runs, mailFolder, origin, previews, readPicture }),
    sessions: { store: sessions, secret: secret(config, 'session') },
    feedbackPages: { refusal: formRefusal },
    config: {
      trustProxy: hopsTo(config.trustProxy),
      secureCookies: origin.startsWith('https:'),
      baseUrl: config.baseUrl,
    },
    log,
  });
  await gate.lead(app);
  delivery.start();

  const folder = options.contentFolder === undefined ? join(root, 'content') : options.contentFolder;
  const ready = firstStart(world, folder, gate.progress).then(async (seeding) => {
    await gate.open();
    if (seeding.kind === 'otherBaseline') print(otherBaseline(seeding.newest));
    for (const { person, token } of await firstLinks(world)) {
      print(`${person.name} (${person.partner}): ${origin}${paths.link.to(token)}`);
    }
    return seeding;
  });
  ready.catch((error: unknown) => {
    failed('the first start did not finish')(error);
    print(`The first start did not finish: ${error instanceof Error ? error.message : String(error)}`);
  });
  // Notices and withheld pages depend on the day, so the public folder is looked over every hour.
  const hourly = setInterval(() => world.site.projectAll().catch(failed('projection failed')), 3_600_000);
  hourly.unref();

  const warming = warmAfter(ready, world, warn);

  const close = async (): Promise<void> => {
    clearInterval(hourly);
    warming.stop();
    await gate.close();
    await ready.catch(() => {});
    await warming.over;
    await runs.idle();
    await delivery.stop();
    await site.close();
    await closeWriters();
    await database.close();
  };
  return { address, ready, world, filesSettled: site.settled, close };
}

/** Seeds what is not there yet and brings the public folder to what the store says. */
async function firstStart(
  world: World,
  folder: string | null,
  onProgress: (progress: Progress) => void,
): Promise<Seeding> {
  let seeding: Seeding = { kind: 'seeded' };
  if (folder !== null) {
    const seed = readSeed(await readContentFolder(folder));
    const newest = await otherHistory(world.store, seed);
    if (newest === null) await seedStore(world, seed, ({ done, of, step }) => onProgress({ done, total: of, step }));
    else seeding = { kind: 'otherBaseline', newest };
  }
  await world.site.projectAll();
  return seeding;
}

/** What an operator is told whose data folder began with another baseline. */
const otherBaseline = (newest: string): string =>
  `This data folder holds another baseline (newest release ${newest}) than content/. Nothing was changed; it goes on as it is.\n` +
  'To begin with the baseline of content/: "npx headwater content export FOLDER" writes what is here as files,\n' +
  'then start with an empty DATA_DIR.';
