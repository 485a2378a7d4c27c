import type { EditionTag } from '../../domain/edition/edition.ts';
import type { SegmentId } from '../../domain/package/lessonPackage.ts';
import type { ChangeSetId } from '../../domain/release/release.ts';
import type { SendBack } from '../../domain/sendBack/sendBack.ts';

/** What partners offer to the baseline. Lists are newest first. */
export interface SendBacks {
  byId(id: string): Promise<SendBack | null>;
  ofEdition(tag: EditionTag): Promise<readonly SendBack[]>;
  /** Of one edition, for some segments. */
  some(tag: EditionTag, segments: readonly SegmentId[]): Promise<readonly SendBack[]>;
  /** Open ones, of every edition. */
  open(): Promise<readonly SendBack[]>;
  countOpen(): Promise<number>;
  /** The newest of all editions that are not open. */
  closed(limit: number): Promise<readonly SendBack[]>;
  /** Taken into these change sets. */
  ofSets(sets: readonly ChangeSetId[]): Promise<readonly SendBack[]>;
  /** Compare-and-set. */
  save(sendBack: SendBack): Promise<void>;
}
