import { DomainError } from '../../domain/errors.ts';

/** One spelling for comparing and for counting: without case, without spaces around it. */
export function normalEmail(email: string): string {
  return email.trim().normalize('NFC').toLowerCase();
}

/** Something, an at sign, a domain with a dot. Whether it exists shows when its owner opens the link. */
export function parseEmail(text: string): string {
  const email = normalEmail(text);
  if (email.length > 254 || !/^[^\s@<>"(),;:\\]+@[^\s@<>"(),;:\\.]+(\.[^\s@<>"(),;:\\.]+)+$/.test(email)) {
    throw new DomainError('emailMalformed');
  }
  return email;
}
