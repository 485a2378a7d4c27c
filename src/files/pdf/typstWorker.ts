/**
 * The child process that sets documents. One job a line on standard input, `{ id, content }`, where content is JSON for
 * the templates: never markup. One answer each on standard output: a line of JSON, `{ id, bytes }` or `{ id, error }`,
 * and then that many bytes of PDF.
 */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { fontFiles } from './fontFiles.ts';
import { gatherObjects } from './gatherObjects.ts';

const templates = fileURLToPath(new URL('./templates/', import.meta.url));
const compiler = NodeCompiler.create({
  workspace: templates,
  fontArgs: [{ fontBlobs: fontFiles().map((file) => readFileSync(file)) }],
});

function setDocument(content: string): Buffer {
  const result = compiler.compile({ mainFilePath: `${templates}document.typ`, inputs: { content } });
  const document = result.result;
  if (!document) throw new Error(JSON.stringify(result.takeDiagnostics()?.shortDiagnostics ?? 'unknown'));
  return gatherObjects(compiler.pdf(document, { pdfStandard: 'ua-1' }));
}

function answer(head: Readonly<Record<string, string | number>>, body?: Buffer): void {
  process.stdout.write(`${JSON.stringify(head)}\n`);
  if (body) process.stdout.write(body);
}

for await (const line of createInterface({ input: process.stdin })) {
  const { id, content } = JSON.parse(line) as { id: number; content: string };
  try {
    const pdf = setDocument(content);
    answer({ id, bytes: pdf.length }, pdf);
  } catch (error) {
    answer({ id, error: error instanceof Error ? error.message : String(error) });
  }
  // Documents share little, and what is kept of them is most of the memory.
  compiler.evictCache(0);
}
