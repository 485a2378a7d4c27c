import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { RequestHandler } from 'express';

export type Assets = {
  /** `desk.css` → `/assets/<hash>/desk.css`. Throws on a name that does not exist, so that a typo shows at once. */
  readonly url: (name: string) => string;
  readonly handler: RequestHandler;
};

/** Serves what lies in `public/` under URLs named by content, so that they may be kept for ever. */
export function createAssets(directory: string): Assets {
  const files = new Map<string, { readonly hash: string; readonly path: string }>();
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const name = path.slice(directory.length).split(sep).filter(Boolean).join('/');
    files.set(name, { hash: createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 16), path });
  }
  return {
    url(name) {
      const file = files.get(name);
      if (file === undefined) throw new Error(`No file public/${name}`);
      return `/assets/${file.hash}/${name}`;
    },
    handler(request, response, next) {
      const [, hash, name] = /^\/assets\/([0-9a-f]{16})\/(.+)$/.exec(request.path) ?? [];
      const file = name === undefined ? undefined : files.get(name);
      if (file === undefined || file.hash !== hash || !['GET', 'HEAD'].includes(request.method)) return next();
      response.sendFile(file.path, { immutable: true, maxAge: '1y', dotfiles: 'deny' });
    },
  };
}
