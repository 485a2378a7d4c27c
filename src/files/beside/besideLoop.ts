/** The process beside the web loop: calls what it is told to and answers with what came out. */
type Call = { readonly module: string; readonly name: string; readonly given: readonly unknown[] };
type Callable = (...given: readonly unknown[]) => unknown;

/** `megabytes`: what the process holds by now. */
export type Answer = { readonly megabytes: number } & ({ readonly made: unknown } | { readonly problem: string });

const held = (): number => Math.round(process.memoryUsage.rss() / 2 ** 20);

process.on('message', async ({ module, name, given }: Call) => {
  try {
    const room = (await import(module)) as Readonly<Record<string, Callable | undefined>>;
    const made = await room[name]?.(...given);
    if (made === undefined) throw new Error(`${module} has nothing named ${name}`);
    process.send?.({ made, megabytes: held() } satisfies Answer);
  } catch (problem) {
    const said = problem instanceof Error ? problem.message : String(problem);
    process.send?.({ problem: said, megabytes: held() } satisfies Answer);
  }
});

// Its work is of no use to anybody any more.
process.on('disconnect', () => process.exit());
