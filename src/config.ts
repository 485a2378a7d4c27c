import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';

const schema = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
  CONTACT: z.union([z.email(), z.url({ protocol: /^https?$/ })]).optional(),
  DATA_DIR: z.string().min(1).default('./data'),
  MONGODB_URI: z.string().startsWith('mongodb').optional(),
  DATABASE_MEMORY_MB: z.coerce.number().int().min(16).max(65536).optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  TRUST_PROXY: z.coerce.number().int().min(0).max(10).optional(),
});

/** The environment, read and checked once. Folders are absolute. */
export type Config = {
  readonly port: number;
  readonly host: string;
  /** Without it, paper carries the code but no address. */
  readonly baseUrl: string | null;
  /** Where readers write when a page does not work for them: a mail address, or the address of a page. */
  readonly contact: string | null;
  readonly dataFolder: string;
  readonly publicFolder: string;
  readonly mailFolder: string;
  readonly databaseFile: string;
  /** Null: the embedded engine. */
  readonly mongodbUri: string | null;
  /** What the embedded engine may keep in memory; null: what is usual for it. */
  readonly databaseMegabytes: number | null;
  /** Null: mails are written as .eml files. */
  readonly smtpUrl: string | null;
  /** Number of trusted proxies in front, or false. */
  readonly trustProxy: number | false;
};

/** Reads the environment; throws an Error that names each wrong variable. Empty variables count as unset. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The environment cannot be used.\n${wrong.join('\n')}`);
  }
  const { PORT, HOST, BASE_URL, CONTACT, DATA_DIR, MONGODB_URI, DATABASE_MEMORY_MB, SMTP_URL, TRUST_PROXY } =
    parsed.data;
  const dataFolder = resolve(DATA_DIR);
  return {
    port: PORT,
    host: HOST,
    baseUrl: BASE_URL?.replace(/\/+$/, '') ?? null,
    contact: CONTACT ?? null,
    dataFolder,
    publicFolder: join(dataFolder, 'public'),
    mailFolder: join(dataFolder, 'mails'),
    databaseFile: join(dataFolder, 'headwater.db'),
    mongodbUri: MONGODB_URI ?? null,
    databaseMegabytes: DATABASE_MEMORY_MB ?? null,
    smtpUrl: SMTP_URL ?? null,
    trustProxy: TRUST_PROXY ?? false,
  };
}

/** Makes the folders that the product writes to, readable by its owner only. */
export function makeFolders(config: Config): void {
  for (const folder of [config.dataFolder, config.publicFolder, config.mailFolder]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }
}
