import type { RequestHandler } from 'express';
import express from 'express';
import multer from 'multer';
import { DomainError } from '../../domain/errors.ts';
import type { Context, Upload } from '../route.ts';
import { kib, limits } from './refusal.ts';

/** Flat fields only: `a[b]` stays a name with brackets, which `flatForm` refuses. */
export const readForm: RequestHandler = express.urlencoded({
  extended: false,
  limit: limits.formBytes,
  parameterLimit: limits.formFields,
});

/** One file in the field `file`, held in memory, beside flat fields. What the parser cannot read has no code. */
export function uploadReader(fileBytes: number): RequestHandler {
  const oneFile: RequestHandler = multer({
    storage: multer.memoryStorage(),
    defParamCharset: 'utf8',
    limits: {
      files: 1,
      fileSize: fileBytes,
      fields: limits.formFields,
      parts: limits.formFields + 1,
      fieldSize: limits.formBytes,
      fieldNameSize: 200,
      fieldNestingDepth: 0,
      headerPairs: 20,
    },
  }).single('file');
  return (request, response, next) =>
    oneFile(request, response, (error: unknown) => {
      const unreadable = error instanceof Error && !('code' in error) && !('status' in error);
      const large = error instanceof Error && 'code' in error && error.code === 'LIMIT_FILE_SIZE';
      if (large) next(new DomainError('fileTooLarge', { limit: kib(fileBytes) }));
      else next(unreadable ? new DomainError('formMalformed', { field: 'file' }) : error);
    });
}

export const readUpload: RequestHandler = uploadReader(limits.fileBytes);

const forbiddenNames = new Set(['__proto__', 'constructor', 'prototype']);

/** Fields by name, without the token; a repeated field is a list. A nested name is refused. */
export function flatForm(body: unknown): Context['form'] {
  const form: Record<string, string | readonly string[]> = Object.create(null);
  if (typeof body !== 'object' || body === null) return form;
  for (const [name, value] of Object.entries(body)) {
    if (/[[\]]/.test(name) || forbiddenNames.has(name)) throw new DomainError('formMalformed', { field: name });
    if (name === '_csrf') continue;
    if (typeof value === 'string') form[name] = value;
    else if (Array.isArray(value) && value.every((each) => typeof each === 'string')) form[name] = value;
    else throw new DomainError('formMalformed', { field: name });
  }
  return form;
}

/** The last value of each query parameter. */
export function flatQuery(query: object): Context['query'] {
  const flat: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(query)) {
    const last = Array.isArray(value) ? value.at(-1) : value;
    if (typeof last === 'string' && !forbiddenNames.has(name)) flat[name] = last;
  }
  return flat;
}

/** The file without folders and control characters in its name. */
export function uploadOf(file: Express.Multer.File | undefined): Upload | null {
  if (file === undefined) return null;
  const name = (file.originalname.split(/[/\\]/).at(-1) ?? '').replace(/[\p{Cc}\p{Cf}]/gu, '').slice(0, 200);
  return { name, mediaType: file.mimetype, bytes: file.buffer };
}
