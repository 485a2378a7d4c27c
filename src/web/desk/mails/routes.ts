import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError } from '../../../domain/errors.ts';
import { paths } from '../../paths.ts';
import type { PersonContext, Reply, Route } from '../../route.ts';
import { frameFor } from '../frame.ts';
import { readMail } from './mailText.ts';

const shown = 200;

/** The newest mail files first; none when there is no folder, because mails go out by SMTP. */
async function mailFiles(folder: string): Promise<readonly { readonly name: string; readonly at: string }[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.eml'));
  const files = await Promise.all(
    names.map(async (name) => ({ name, at: (await stat(join(folder, name))).mtime.toISOString() })),
  );
  return files.sort((a, b) => b.at.localeCompare(a.at) || a.name.localeCompare(b.name)).slice(0, shown);
}

/** Without SMTP, mails are files in `folder`; operators read them here. */
export function mailsRoutes(config: { readonly folder: string }): readonly Route[] {
  const list = async (context: PersonContext): Promise<Reply> => {
    const files = await mailFiles(config.folder);
    const mails = await Promise.all(
      files.map(async ({ name, at }) => {
        const { to, subject } = readMail(await readFile(join(config.folder, name), 'utf8'));
        return { href: paths.mail.to(name), at, to, subject: subject || name };
      }),
    );
    const title = context.t('people:mails.title', { count: mails.length });
    return {
      kind: 'page',
      view: 'desk/mails/mails',
      data: { title, mails, folder: config.folder, frame: await frameFor(context, 'mails') },
    };
  };

  const show = async (context: PersonContext): Promise<Reply> => {
    // Found in the listing, so that no path is ever made from an address.
    const file = (await mailFiles(config.folder)).find(({ name }) => name === context.params.mail);
    if (file === undefined) throw new DomainError('pageUnknown');
    const mail = readMail(await readFile(join(config.folder, file.name), 'utf8'));
    return {
      kind: 'page',
      view: 'desk/mails/mail',
      data: { ...mail, title: mail.subject || file.name, at: file.at, frame: await frameFor(context, 'mails') },
    };
  };

  const read = { method: 'get', allow: 'mail:read', audit: 'nothing', about: 'person' } as const;
  return [
    { ...read, path: paths.mails.pattern, handle: list },
    { ...read, path: paths.mail.pattern, handle: show },
  ];
}
