import type { Request } from 'express';
import { type InterfaceLanguage, interfaceLanguages } from '../../domain/access/access.ts';

function known(value: unknown): InterfaceLanguage | undefined {
  return interfaceLanguages.find((language) => language === value);
}

/** The person's language; else the one asked for in the address; else what the browser prefers. No cookie. */
export function languageOf(request: Request): InterfaceLanguage {
  const preferred = request.acceptsLanguages([...interfaceLanguages]);
  return request.user?.language ?? known(request.query.language) ?? known(preferred) ?? 'en';
}
