/**
 * The child process that sets documents. One job a line on standard input, `{ id, form, content }`, where content is JSON
 * for the templates: never markup. One answer each on standard output: a line of JSON, `{ id, bytes }` or `{ id, error }`,
 * and then that many bytes: a PDF, or the letters of a drawing as SVG.
 */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { fontFiles } from './fontFiles.ts';
import { gatherObjects } from './gatherObjects.ts';
import type { TypstForm, TypstJob } from './typstJob.ts';

const templates = fileURLToPath(new URL('./templates/', import.meta.url));
const compiler = NodeCompiler.create({
  workspace: templates,
  fontArgs: [{ fontBlobs: fontFiles().map((file) => readFileSync(file)) }],
});

const mainFiles = { pdf: 'document.typ', letters: 'letters.typ' } as const satisfies Record<TypstForm, string>;

function setDocument(form: TypstForm, content: string): Buffer {
  const result = compiler.compile({ mainFilePath: `${templates}${mainFiles[form]}`, inputs: { content } });
  const document = result.result;
  if (!document) throw new Error(JSON.stringify(result.takeDiagnostics()?.shortDiagnostics ?? 'unknown'));
  // An SVG shows a box for a letter that no font has; the PDF refuses it, so it is made in both cases.
  const pdf = compiler.pdf(document, { pdfStandard: 'ua-1' });
  return form === 'pdf' ? gatherObjects(pdf) : Buffer.from(compiler.plainSvg(document));
}

function answer(head: Readonly<Record<string, string | number>>, body?: Buffer): void {
  process.stdout.write(`${JSON.stringify(head)}\n`);
  if (body) process.stdout.write(body);
}

for await (const line of createInterface({ input: process.stdin })) {
  const { id, form, content } = JSON.parse(line) as TypstJob & { readonly id: number };
  try {
    const made = setDocument(form, content);
    answer({ id, bytes: made.length }, made);
  } catch (error) {
    answer({ id, error: error instanceof Error ? error.message : String(error) });
  }
  // Documents share little, and what is kept of them is most of the memory.
  compiler.evictCache(0);
}
