import type { InterfaceLanguage } from '../../domain/access/access.ts';
import type { Day } from '../../domain/time.ts';
import { plainFrame } from '../frame.ts';

/** The day on which `npm run prove -- reach` last passed and the statement was read again; see docs/accessibility.md. */
const checkedOn: Day = '2026-11-24';

const checks = ['tools', 'keyboard', 'enlarged', 'colours', 'scripts', 'direction'];
const missing = ['people', 'pdf', 'drawings', 'english', 'forms'];

const rules = '.said{max-inline-size:41em}.said>section{margin-block-start:32px}.said>h1{padding-block-start:24px}';

/** The statement; `contact` is a mail address or the address of a page, null where nobody has named one. */
export function accessibilityView(language: InterfaceLanguage, contact: string | null) {
  const data = {
    checkedOn,
    checks: checks.map((check) => `accessibility:checked.${check}`),
    missing: missing.map((gap) => `accessibility:missing.${gap}`),
    contact:
      contact === null ? null : { words: contact, href: contact.includes('://') ? contact : `mailto:${contact}` },
  };
  return { frame: plainFrame(language, null), data, rules };
}
