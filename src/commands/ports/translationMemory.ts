import type { LanguageCode } from '../../domain/facts/fact.ts';
import type { MemoryIndex } from '../../domain/memory/memoryIndex.ts';
import type { Instant } from '../../domain/time.ts';

/** What all editions of a language have made of the baseline's texts, in all releases. */
export interface TranslationMemory {
  /**
   * The memory of a language, brought up to what the store says; built when it is first asked for. Shared: nobody but the
   * store puts anything into it. Inside a transaction it does not know what that transaction has written.
   */
  index(language: LanguageCode, now: Instant): Promise<MemoryIndex>;
}
