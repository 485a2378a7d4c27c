import { setTimeout as rest } from 'node:timers/promises';
import type { EditionTag } from '../domain/edition/edition.ts';
import { FileError, fileReasonOf } from '../formats/files/fileError.ts';
import type { FileFailure, FilesProgress } from '../formats/files/filesProgress.ts';
import { createBuildQueue } from './buildQueue.ts';
import type { BuiltFile, BuiltFiles, Piece } from './builtFiles.ts';
import type { FoundFiles, MissingFile } from './fileStates.ts';
import type { SiteEntry } from './pointer.ts';

/** Readers who may wait for files at once; the next one is told to come back. */
const mostWaiting = 64;
const urgent = -1;

type Failed = FileFailure & { due: boolean };
type Kept = { readonly missing: Map<string, MissingFile>; groups: FilesProgress['groups'] };

export type FileRoundsDeps = {
  readonly files: BuiltFiles;
  /** Files made at once, for all editions together. */
  readonly atOnce: number;
  /** Brings the pages to what is there, and calls `keep` with what is not. */
  readonly show: (tag: EditionTag) => Promise<void>;
  readonly warn: (message: string, details: object) => void;
  /** Told at the end of a round whose failures are not all known from an earlier one: of every file that is not there. */
  readonly failedFiles?: (tag: EditionTag, failures: readonly FileFailure[]) => Promise<void>;
};

/**
 * The files behind the pages: built in the background by importance, attached stage by stage, a failure remembered and
 * left until the next projection, and at once for a reader who asks.
 */
export function createFileRounds({ files, atOnce, show, warn, failedFiles }: FileRoundsDeps) {
  const queue = createBuildQueue(atOnce, () => new FileError('closed', 'the site is being closed'));
  const kept = new Map<EditionTag, Kept>();
  const failures = new Map<EditionTag, Map<string, Failed>>();
  const running = new Map<EditionTag, Promise<void>>();
  const again = new Set<EditionTag>();
  const toldOf = new Map<EditionTag, ReadonlySet<string>>();
  let waiting = 0;
  let closed = false;

  /** What the pages say now; failures of what is no longer wanted are forgotten. */
  function keep(tag: EditionTag, { missing, groups }: Pick<FoundFiles, 'missing' | 'groups'>): void {
    kept.set(tag, { missing: new Map(missing.map((each) => [each.path, each])), groups });
    const wanted = new Set(missing.map(({ piece }) => piece?.key));
    const told = failures.get(tag);
    for (const key of told?.keys() ?? []) if (!wanted.has(key)) told?.delete(key);
  }

  async function attempt(
    tag: EditionTag,
    file: MissingFile,
    piece: Piece,
    rank: number = file.rank,
  ): Promise<BuiltFile | null> {
    try {
      const built = await queue.add(rank, () => files.make(piece));
      failures.get(tag)?.delete(piece.key);
      count(tag, file);
      return built;
    } catch (problem) {
      const reason = fileReasonOf(problem);
      if (reason === 'closed') return null;
      const detail = problem instanceof Error ? problem.message : String(problem);
      const { lesson, name, group } = file;
      const ofTag = failures.get(tag) ?? new Map<string, Failed>();
      failures.set(
        tag,
        ofTag.set(piece.key, { lesson, file: name, group, reason, detail: detail.slice(0, 500), due: false }),
      );
      warn('file not built', { tag, lesson, file: name, reason, problem: detail });
      return null;
    }
  }

  function count(tag: EditionTag, { path, group, piece }: MissingFile): void {
    const of = kept.get(tag);
    if (of === undefined || of.missing.get(path)?.piece?.key !== piece?.key) return;
    of.missing.delete(path);
    of.groups = of.groups.map((each) => (each.group === group ? { ...each, built: each.built + 1 } : each));
  }

  async function round(tag: EditionTag): Promise<void> {
    const tried = new Set<string>();
    const isDue = (key: string): boolean => !tried.has(key) && (failures.get(tag)?.get(key)?.due ?? true);
    while (!closed) {
      const due = [...(kept.get(tag)?.missing.values() ?? [])].flatMap((file) =>
        file.piece !== null && isDue(file.piece.key) ? [{ file, piece: file.piece }] : [],
      );
      if (due.length === 0) return tell(tag);
      const stage = Math.min(...due.map(({ file }) => file.stage));
      const now = due.filter(({ file }) => file.stage === stage).sort((one, other) => one.file.rank - other.file.rank);
      for (const { piece } of now) tried.add(piece.key);
      await Promise.all(now.map(({ file, piece }) => attempt(tag, file, piece)));
      if (!closed) await show(tag);
    }
  }

  /** In the order of the pages: several are made at once, and which of them fails first is chance. */
  const failedOf = (tag: EditionTag): readonly (readonly [key: string, failure: FileFailure])[] =>
    [...(kept.get(tag)?.missing.values() ?? [])].flatMap(({ piece }) => {
      const failed = piece === null ? undefined : failures.get(tag)?.get(piece.key);
      if (piece === null || failed === undefined) return [];
      const { due: _, ...failure } = failed;
      return [[piece.key, failure] as const];
    });

  /** One notice a round, not one a file; and none for what fails every hour as it did before. */
  async function tell(tag: EditionTag): Promise<void> {
    const failed = failedOf(tag);
    const known = toldOf.get(tag);
    toldOf.set(tag, new Set(failed.map(([key]) => key)));
    const all = failed.map(([, failure]) => failure);
    if (failed.some(([key]) => !known?.has(key))) await failedFiles?.(tag, all);
  }

  /** Begins a round after a projection; one that is under way goes on until nothing is due. */
  function begin(tag: EditionTag): void {
    for (const failure of failures.get(tag)?.values() ?? []) failure.due = true;
    if (closed || kept.get(tag)?.missing.size === 0) return;
    if (running.has(tag)) {
      again.add(tag);
      return;
    }
    const promise = round(tag)
      .catch((problem: unknown) => warn('files not attached', { tag, problem: String(problem) }))
      .finally(() => {
        running.delete(tag);
        if (again.delete(tag)) begin(tag);
      });
    running.set(tag, promise);
  }

  /** The file that now stands at an address, built before everything else; null when it cannot be had in time. */
  async function fileNow(tag: EditionTag, path: string, milliseconds: number): Promise<SiteEntry | null> {
    const stop = performance.now() + milliseconds;
    const current = (): MissingFile | undefined => kept.get(tag)?.missing.get(path);
    if (waiting >= mostWaiting || closed) return null;
    waiting++;
    try {
      for (let file = current(); file && performance.now() < stop && !closed; file = current()) {
        const { piece } = file;
        if (piece === null) {
          await rest(100, undefined, { ref: false });
          continue;
        }
        if (failures.get(tag)?.has(piece.key)) return null;
        const left = rest(Math.max(0, stop - performance.now()), null, { ref: false });
        const built = await Promise.race([attempt(tag, file, piece, urgent), left]);
        // Meanwhile another publication may have asked for other bytes at this address.
        const after = current();
        return built !== null && (after === undefined || after.piece?.key === piece.key) ? built.entry : null;
      }
      return null;
    } finally {
      waiting--;
    }
  }

  return {
    keep,
    begin,
    /** Tries again at once what could not be made; returns how many files that is. */
    retry(tag: EditionTag): number {
      const count = failedOf(tag).length;
      if (count > 0) begin(tag);
      return count;
    },
    fileNow,
    failed: (tag: EditionTag) => (key: string) => failures.get(tag)?.has(key) ?? false,
    /** As urgent as the first stage, and a failure is nothing to stop for. */
    make: (piece: Piece): Promise<boolean> =>
      queue
        .add(0, () => files.make(piece))
        .then(
          () => true,
          () => false,
        ),
    progress(tag: EditionTag): FilesProgress | null {
      const of = kept.get(tag);
      if (of === undefined) return null;
      return { working: running.has(tag), groups: of.groups, failures: failedOf(tag).map(([, failure]) => failure) };
    },
    /** Resolves when nothing is built any more. */
    settled: async (): Promise<void> => {
      while (running.size > 0) await Promise.all(running.values());
    },
    close: async (): Promise<void> => {
      closed = true;
      await queue.close();
      await Promise.all(running.values());
    },
  };
}

export type FileRounds = ReturnType<typeof createFileRounds>;
