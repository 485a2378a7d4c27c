import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The one script of public pages, as it stands in them. */
export const wayOut = readFileSync(join(import.meta.dirname, '../../public/exit.js'), 'utf8')
  .split('\n')
  .map((line) => line.trimStart())
  .filter((line) => line !== '' && !line.startsWith('//'))
  .join('\n');

/** A page without its one script, the quick way out of it; any other that it may have stays in. */
export const withoutWayOut = (html: string): string => html.replace(`<script>${wayOut}</script>`, '');
