import { strToU8, type ZipOptions, type Zippable, zipSync } from 'fflate';

/** What is compressed already would only cost time. */
const packed = /\.(pdf|docx|pptx|epub|zip|webp|png|jpe?g)$/i;

/**
 * A ZIP of files by path, in the order given. The time in it is the first that a ZIP can hold; it is written as local
 * time, so it is made as local time: the same bytes in every zone.
 */
export function zipOf(files: ReadonlyMap<string, Uint8Array | string>): Uint8Array {
  const mtime = new Date(1980, 0, 1);
  const entries: Zippable = {};
  for (const [path, content] of files) {
    const options: ZipOptions = { level: packed.test(path) ? 0 : 9, mtime };
    entries[path] = [typeof content === 'string' ? strToU8(content) : content, options];
  }
  return zipSync(entries);
}
