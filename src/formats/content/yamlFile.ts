import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument, stringify, visit } from 'yaml';
import type { z } from 'zod';
import { malformed } from './malformed.ts';

/**
 * Reads YAML that may come from anybody: plain data only, no tags, no aliases (which can grow without end), no
 * repeated keys, and nothing that the schema does not name. `lineBefore` is the line of the file before the YAML.
 */
export function readYaml<T>(text: string, file: string, schema: z.ZodType<T>, lineBefore = 0): T {
  const lines = new LineCounter();
  const document = parseDocument(text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n'), {
    version: '1.2',
    schema: 'core',
    merge: false,
    uniqueKeys: true,
    stringKeys: true,
    logLevel: 'silent',
    prettyErrors: false,
    lineCounter: lines,
  });
  const lineAt = (offset: number) => lineBefore + Math.max(1, lines.linePos(offset).line);
  const [error] = [...document.errors, ...document.warnings];
  if (error !== undefined) throw malformed(file, lineAt(error.pos[0]), error.message, 'yaml');
  visit(document, {
    Alias: (_key, alias) => {
      throw malformed(file, lineAt(alias.range?.[0] ?? 0), 'aliases are not part of the format');
    },
  });
  const parsed = schema.safeParse(plainValue(document, file, lineBefore));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const keys = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  const path = [...(issue?.path ?? []), ...keys];
  throw malformed(file, lineAt(offsetOf(document, path)), `${path.join('.')}: ${issue?.message ?? ''}`, 'field');
}

// Quoted strings stay on one line: over several, the library loses lines that hold only spaces (found by a test).
const style = { lineWidth: 0, doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER, aliasDuplicateObjects: false };

/** YAML as the content is written: every paragraph on one line. */
export function writeYaml(value: unknown): string {
  return stringify(value, { ...style, version: '1.2', schema: 'core' });
}

/** One line of front matter, a list in brackets. */
export function writeYamlLine(key: string, value: unknown): string {
  return `${key}: ${stringify(value, { ...style, collectionStyle: 'flow', flowCollectionPadding: false }).trimEnd()}`;
}

function plainValue(document: Document, file: string, lineBefore: number): unknown {
  try {
    return document.toJS({ maxAliasCount: 0 });
  } catch (error) {
    throw malformed(file, lineBefore + 1, error instanceof Error ? error.message : String(error));
  }
}

/** Where in the text the value at a path, or the nearest one around it, stands. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const parent = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    if (isMap(parent)) {
      const pair = parent.items.find((item) => isScalar(item.key) && item.key.value === path[length - 1]);
      if (pair !== undefined && isNode(pair.key) && pair.key.range) return pair.key.range[0];
    }
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
}
