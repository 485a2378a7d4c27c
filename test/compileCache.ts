import { enableCompileCache, getCompileCacheDir } from 'node:module';

/**
 * Loaded before every test file (`node --import`): what one process has compiled, the next reads from the machine's
 * temp folder, and so do the processes that a test starts. Nothing else depends on it.
 */
enableCompileCache();
process.env.NODE_COMPILE_CACHE ??= getCompileCacheDir();
