#!/usr/bin/env node
// The only plain JavaScript: it says what to do when the runtime is too old to read the rest.
const wanted = 26;
const major = Number(process.versions.node.split('.')[0]);
if (major < wanted) {
  const { existsSync } = await import('node:fs');
  const { join } = await import('node:path');
  const { spawnSync } = await import('node:child_process');
  // `npx headwater` and a system Node find the runtime that `npm ci` put beside the project.
  const own = join(import.meta.dirname, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
  if (process.env.HEADWATER_RUNTIME !== 'tried' && existsSync(own)) {
    const { status, signal } = spawnSync(own, [import.meta.filename, ...process.argv.slice(2)], {
      stdio: 'inherit',
      env: { ...process.env, HEADWATER_RUNTIME: 'tried' },
      shell: process.platform === 'win32',
    });
    process.exit(status ?? (signal ? 1 : 0));
  }
  console.error(
    `Headwater needs Node ${wanted}; this is ${process.version} on ${process.platform} ${process.arch}.\n` +
      `"npm ci" brings Node ${wanted} for Linux, macOS and Windows. Where it did not, install Node ${wanted} from nodejs.org and start again.`,
  );
  process.exit(1);
}
if (process.argv[2] !== '--check-runtime') {
  const { run } = await import('./src/cli/run.ts');
  process.exitCode = await run(process.argv.slice(2));
}
